package io.kass.documents.office;

import org.jspecify.annotations.Nullable;

/**
 * A cell that says something.
 *
 * @param column counted from 0
 * @param lastColumn the last column that it covers
 * @param text as shown; not blank
 * @param emphasised whether it is bold or filled, as headers are
 * @param repeated whether it stands in a row above and covers this one, too
 */
record SheetCell(
    int column, int lastColumn, String text, Kind kind, boolean emphasised, boolean repeated) {
  /** What a cell holds. */
  enum Kind {
    TEXT,
    NUMBER,
    DATE,
    OTHER
  }

  /** A cell that stands here, or null where nothing is to be seen. */
  static @Nullable SheetCell of(
      int column, int lastColumn, String text, Kind kind, boolean emphasised) {
    String shown = text.replace("\r\n", "\n").replace('\r', '\n').strip();
    return shown.isEmpty()
        ? null
        : new SheetCell(column, lastColumn, shown, kind, emphasised, false);
  }

  SheetCell below() {
    return new SheetCell(column, lastColumn, text, kind, emphasised, true);
  }
}
