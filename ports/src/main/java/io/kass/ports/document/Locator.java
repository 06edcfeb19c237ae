package io.kass.ports.document;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where a person finds a part of a document, in the document's own terms. All counts from 1. */
public sealed interface Locator {
  /** Lines of a text, both included. */
  record Lines(int first, int last) implements Locator {
    public Lines {
      requireRange(first, last);
    }
  }

  /** Pages or slides, both included. */
  record Pages(int first, int last) implements Locator {
    public Pages {
      requireRange(first, last);
    }
  }

  /** Rows of a sheet as the sheet numbers them, both included. */
  record Rows(String sheet, int first, int last) implements Locator {
    public Rows {
      requireRange(first, last);
    }
  }

  /** Messages of a channel, from the first's time to the last's. */
  record Messages(String channel, @Nullable Instant first, @Nullable Instant last)
      implements Locator {}

  /** A named part, such as a field of a ticket. */
  record Part(String name) implements Locator {}

  /** The document as a whole. */
  record Whole() implements Locator {}

  private static void requireRange(int first, int last) {
    if (first < 1 || last < first) {
      throw new IllegalArgumentException("not a range counted from 1: " + first + ".." + last);
    }
  }
}
