package io.kass.documents.office;

import java.util.List;

/**
 * A row of a sheet.
 *
 * @param number as the sheet numbers it, from 1
 * @param cells from left to right
 */
record SheetRow(int number, List<SheetCell> cells) {
  SheetRow {
    cells = List.copyOf(cells);
  }

  /** The cells that stand in this row and not above it. */
  List<SheetCell> own() {
    return cells.stream().filter(cell -> !cell.repeated()).toList();
  }
}
