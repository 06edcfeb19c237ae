package io.kass.documents.office;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The cells of a sheet that cover others. All counts from 0. */
final class Merges {
  /** A rectangle of cells. */
  record Area(int firstRow, int firstColumn, int lastRow, int lastColumn) {
    private static final int MOST_COLUMNS = 16_384;
    private static final int MOST_ROWS = 1_048_576;

    /** The area that is written so, such as {@code B2:D7} or {@code $C$3}; null for none. */
    static @Nullable Area of(String reference) {
      String plain = reference.replace("$", "");
      int colon = plain.indexOf(':');
      int[] first = cell(colon < 0 ? plain : plain.substring(0, colon));
      int[] last = cell(colon < 0 ? plain : plain.substring(colon + 1));
      boolean valid = first.length == 2 && last.length == 2;
      return valid && first[0] <= last[0] && first[1] <= last[1]
          ? new Area(first[0], first[1], last[0], last[1])
          : null;
    }

    /** Row and column of a cell such as {@code AB12}; nothing where it is none. */
    static int[] cell(String reference) {
      int column = 0;
      int i = 0;
      while (i < reference.length() && reference.charAt(i) >= 'A' && reference.charAt(i) <= 'Z') {
        column = Math.min(column * 26 + reference.charAt(i) - 'A' + 1, MOST_COLUMNS + 1);
        i++;
      }
      int row = 0;
      int digits = i;
      while (i < reference.length() && reference.charAt(i) >= '0' && reference.charAt(i) <= '9') {
        row = Math.min(row * 10 + reference.charAt(i) - '0', MOST_ROWS + 1);
        i++;
      }
      boolean valid =
          column >= 1
              && column <= MOST_COLUMNS
              && row >= 1
              && row <= MOST_ROWS
              && i == reference.length()
              && digits > 0;
      return valid ? new int[] {row - 1, column - 1} : new int[0];
    }
  }

  private final Map<Long, Area> byCorner = new HashMap<>();
  private final List<Covering> covering = new ArrayList<>();

  private record Covering(SheetCell cell, int lastRow) {}

  void add(Area area) {
    byCorner.put(key(area.firstRow(), area.firstColumn()), area);
  }

  private static long key(int row, int column) {
    return (long) row << 20 | column;
  }

  /** The last column that the cell here covers. */
  int lastColumn(int row, int column) {
    Area area = byCorner.get(key(row, column));
    return area == null ? column : area.lastColumn();
  }

  /** The cells of a row, with those that reach down to it from above; rows come in order. */
  List<SheetCell> complete(int row, List<SheetCell> own) {
    covering.removeIf(cover -> cover.lastRow() < row);
    List<SheetCell> all = own;
    if (!covering.isEmpty()) {
      all = new ArrayList<>(own);
      for (Covering cover : covering) {
        all.add(cover.cell().below());
      }
      all.sort((a, b) -> Integer.compare(a.column(), b.column()));
    }
    for (SheetCell cell : own) {
      Area area = byCorner.get(key(row, cell.column()));
      if (area != null && area.lastRow() > row) {
        covering.add(new Covering(cell, area.lastRow()));
      }
    }
    return all;
  }
}
