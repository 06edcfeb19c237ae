package io.kass.documents.format;

import io.kass.ports.error.KassException.Misconfigured;
import java.time.Duration;

/**
 * How much a single document may ask for. Where it asks for more it is refused, with a message that
 * names the setting, and the next document is read.
 *
 * @param maxBytes length of a document, as stored
 * @param maxPages pages of a paged document
 * @param time how long reading a document may take; the time that the taker of its blocks needs
 *     does not count
 * @param timePerPage how much longer it may take for each page that was read, so that a manual of
 *     thousands of pages is read and one that makes no headway is not
 * @param memory heap of a process that reads documents that could do harm, in MiB
 * @param processes how many such processes may run at the same time
 */
public record DocumentLimits(
    long maxBytes, int maxPages, Duration time, Duration timePerPage, int memory, int processes) {
  /** Fits anything a person wrote, on a laptop. */
  public static final DocumentLimits DEFAULT =
      new DocumentLimits(1L << 30, 20_000, Duration.ofSeconds(30), Duration.ofMillis(100), 512, 2);

  public DocumentLimits {
    require(maxBytes >= 1, "max-bytes must be at least 1");
    require(maxPages >= 1, "max-pages must be at least 1");
    require(time.isPositive(), "time must be longer than 0");
    require(!timePerPage.isNegative(), "time-per-page must not be negative");
    require(memory >= 32, "memory must be at least 32 (MiB)");
    require(processes >= 1, "processes must be at least 1");
  }

  /** How many bytes of a document may come out of what is packed in it: twice its size limit. */
  public long maxUnpacked() {
    return 2 * Math.min(maxBytes, Long.MAX_VALUE / 2);
  }

  /** What decides whether a document can be read, in short; equal where equal documents can be. */
  public String reach() {
    return "%d bytes, %d pages, %s + %s a page, %d MiB"
        .formatted(maxBytes, maxPages, time, timePerPage, memory);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new Misconfigured("The limits for documents do not fit: " + otherwise + ".");
    }
  }
}
