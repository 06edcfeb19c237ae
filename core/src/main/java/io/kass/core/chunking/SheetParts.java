package io.kass.core.chunking;

/**
 * Which chunks are made of a sheet. The values of a row stand in up to three of them, and chunks
 * that say the same crowd others out of the few that are shown.
 */
public enum SheetParts {
  /**
   * Each row that has column names on its own, and all others together as the sheet's text; no
   * value stands in two chunks but for what the text repeats.
   */
  ROWS_OR_TEXT,

  /** The sheet's text, each row, and a summary, as the legacy system made them. */
  LEGACY;

  /** Whether rows like these go into the sheet's text. */
  boolean text(boolean named) {
    return this == LEGACY || !named;
  }

  /** Whether a row like this becomes a chunk of its own. */
  boolean rows(boolean named) {
    return this == LEGACY || named;
  }

  /** Whether a summary of the first rows follows. */
  boolean summary() {
    return this == LEGACY;
  }
}
