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
 * @param pdfMemory heap of a process that reads PDF, in MiB
 * @param pdfProcesses how many such processes may run at the same time
 */
public record DocumentLimits(
    long maxBytes,
    int maxPages,
    Duration time,
    Duration timePerPage,
    int pdfMemory,
    int pdfProcesses) {
  /** Fits anything a person wrote, on a laptop. */
  public static final DocumentLimits DEFAULT =
      new DocumentLimits(1L << 30, 20_000, Duration.ofSeconds(30), Duration.ofMillis(100), 512, 2);

  public DocumentLimits {
    require(maxBytes >= 1, "max-bytes must be at least 1");
    require(maxPages >= 1, "max-pages must be at least 1");
    require(time.isPositive(), "time must be longer than 0");
    require(!timePerPage.isNegative(), "time-per-page must not be negative");
    require(pdfMemory >= 32, "pdf-memory must be at least 32 (MiB)");
    require(pdfProcesses >= 1, "pdf-processes must be at least 1");
  }

  /** What decides whether a document can be read, in short; equal where equal documents can be. */
  public String reach() {
    return "%d bytes, %d pages, %s + %s a page, %d MiB"
        .formatted(maxBytes, maxPages, time, timePerPage, pdfMemory);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new Misconfigured("The limits for documents do not fit: " + otherwise + ".");
    }
  }
}
