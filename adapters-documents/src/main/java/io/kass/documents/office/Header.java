package io.kass.documents.office;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The names of a table's columns, and where they stand.
 *
 * @param first index of its first row among those that were looked at
 * @param rows how many rows it has
 * @param columns from left to right
 */
record Header(int first, int rows, List<Column> columns) {
  /** A column of the table, which may be several of the sheet. */
  record Column(int first, int last, String name) {}

  private static final int MOST_ROWS = 3;
  private static final int LONGEST_NAME = 60;

  /** A number, a date, an address, a code: what stands in a table, not above it. */
  private static final Pattern VALUE =
      Pattern.compile(
          "[-+]?[\\d,.]+%?|\\d+[/.-]\\d+([/.-]\\d+)?|\\S+@\\S+|https?:\\S+|[A-Za-z]+[-_]?\\d{2,}\\S*|[○×△◎●✓✔-]");

  Header {
    columns = List.copyOf(columns);
  }

  /**
   * Finds the header among the first rows of a table. Where it is not clear that there is one,
   * there is none: a value that is taken for a name spoils every row.
   *
   * @param certain numbers of rows that the workbook itself says are headers
   */
  static @Nullable Header find(List<SheetRow> rows, Set<Integer> certain) {
    for (int i = 0; i < rows.size() - 1; i++) {
      if (certain.contains(rows.get(i).number())) {
        return of(rows, i, 1);
      }
    }
    for (int i = 0; i < rows.size() - 1; i++) {
      int depth = depth(rows, i);
      if (depth > 0) {
        return of(rows, i, depth);
      }
    }
    return null;
  }

  /** How many rows the header has that begins here; 0 where none does. */
  private static int depth(List<SheetRow> rows, int first) {
    SheetRow row = rows.get(first);
    if (row.own().size() < 2 || !row.own().stream().allMatch(Header::mayBeName)) {
      return 0;
    }
    int depth = 1;
    while (depth < MOST_ROWS
        && first + depth < rows.size()
        && isBelow(rows.get(first + depth - 1), rows.get(first + depth))) {
      depth++;
    }
    if (first + depth >= rows.size()) {
      return 0;
    }
    List<SheetRow> below = rows.subList(first + depth, rows.size());
    boolean all = row.own().stream().allMatch(SheetCell::emphasised);
    boolean some = row.own().stream().anyMatch(SheetCell::emphasised);
    boolean belowToo = below.getFirst().own().stream().allMatch(SheetCell::emphasised);
    if (some && !all) {
      return 0;
    }
    boolean stands = (all && !belowToo) || depth > 1;
    return stands || isPlausible(row, below) ? depth : 0;
  }

  private static boolean mayBeName(SheetCell cell) {
    return (cell.kind() == SheetCell.Kind.TEXT || cell.emphasised())
        && cell.text().length() <= LONGEST_NAME;
  }

  /** Whether a row divides the columns of the row above it. */
  private static boolean isBelow(SheetRow above, SheetRow row) {
    if (!row.own().stream().allMatch(Header::mayBeName)) {
      return false;
    }
    for (SheetCell group : above.cells()) {
      if (group.lastColumn() > group.column()) {
        long parts =
            row.own().stream()
                .filter(c -> c.column() >= group.column() && c.column() <= group.lastColumn())
                .count();
        // Squared paper: every cell covers columns, and those below are no parts of it.
        if (parts >= 2) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether, without any emphasis, the words themselves look like names of what is below. */
  private static boolean isPlausible(SheetRow row, List<SheetRow> below) {
    var names = new HashSet<String>();
    var starts = new HashSet<Integer>();
    for (SheetCell cell : row.own()) {
      if (VALUE.matcher(cell.text()).matches() || !names.add(cell.text())) {
        return false;
      }
      starts.add(cell.column());
    }
    boolean otherKind =
        below.stream()
            .flatMap(other -> other.cells().stream())
            .anyMatch(cell ->
                starts.contains(cell.column())
                    && (cell.kind() != SheetCell.Kind.TEXT
                        || VALUE.matcher(cell.text()).matches()));
    long fitting =
        below.stream()
            .filter(other -> other.own().stream().allMatch(cell -> starts.contains(cell.column())))
            .count();
    return otherKind && fitting * 3 >= below.size() * 2L && below.getFirst().own().size() >= 2;
  }

  private static Header of(List<SheetRow> rows, int first, int depth) {
    List<SheetRow> names = rows.subList(first, first + depth);
    var columns = new ArrayList<Column>();
    for (SheetCell cell : names.getLast().cells()) {
      columns.add(new Column(cell.column(), cell.lastColumn(), name(names, cell)));
    }
    // Columns that only a row above names.
    for (SheetCell cell : names.getFirst().cells()) {
      boolean covered =
          columns.stream()
              .anyMatch(c -> c.first() <= cell.lastColumn() && c.last() >= cell.column());
      if (!covered) {
        columns.add(new Column(cell.column(), cell.lastColumn(), name(names, cell)));
      }
    }
    columns.sort((a, b) -> Integer.compare(a.first(), b.first()));
    return new Header(first, depth, widened(columns, rows.subList(first + depth, rows.size())));
  }

  private static String name(List<SheetRow> rows, SheetCell lowest) {
    var parts = new ArrayList<String>();
    for (SheetRow row : rows) {
      for (SheetCell cell : row.cells()) {
        if (cell.column() <= lowest.column() && cell.lastColumn() >= lowest.column()) {
          String part = cell.text().replaceAll("\\s+", " ");
          if (parts.isEmpty() || !parts.getLast().equals(part)) {
            parts.add(part);
          }
        }
      }
    }
    return String.join(" / ", parts);
  }

  /** A column reaches to the next one, unless there is something beside its values. */
  private static List<Column> widened(List<Column> columns, List<SheetRow> below) {
    var widened = new ArrayList<Column>();
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      int last = column.last();
      int limit = i + 1 < columns.size() ? columns.get(i + 1).first() - 1 : last;
      while (last < limit && !isBeside(column, last + 1, below)) {
        last++;
      }
      widened.add(new Column(column.first(), last, column.name()));
    }
    return widened;
  }

  private static boolean isBeside(Column column, int beside, List<SheetRow> below) {
    return below.stream()
        .anyMatch(row ->
            row.cells().stream().anyMatch(c -> c.column() == beside)
                && row.cells().stream()
                    .anyMatch(c -> c.column() >= column.first() && c.column() <= column.last()));
  }

  /** The name of the column that a cell stands in; empty where it has none. */
  String nameOf(SheetCell cell) {
    int low = 0;
    int high = columns.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      Column column = columns.get(middle);
      if (column.last() < cell.column()) {
        low = middle + 1;
      } else if (column.first() > cell.column()) {
        high = middle - 1;
      } else {
        return column.name();
      }
    }
    return "";
  }

  /** Whether all of a row stands in columns of this header. */
  boolean covers(SheetRow row) {
    return row.cells().stream().noneMatch(cell -> nameOf(cell).isEmpty());
  }
}
