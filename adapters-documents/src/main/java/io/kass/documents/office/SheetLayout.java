package io.kass.documents.office;

import io.kass.documents.format.Sections;
import io.kass.ports.document.Block.TableRow.Cell;
import io.kass.ports.document.Locator;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes tables, titles and text of the rows of a sheet, as they come. Rows without a gap between
 * them belong together; how they begin decides what they are. Holds a few rows at a time.
 */
final class SheetLayout {
  /** As many rows as may stand above a header, and some below it. */
  private static final int LOOK = 12;

  /** Text is handed over in so many rows, so that its place stays narrow. */
  private static final int TEXT_ROWS = 20;

  /** A title by its look: {@code 2.1 Fields}, {@code 第3章}, {@code ■ Fields}; no sentence. */
  private static final Pattern TITLE =
      Pattern.compile(
          "(?:\\d+(?:[.．-]\\d+)*[.．、)）]|\\d+(?:[.．-]\\d+)+\\s|第\\d+[章節]|[■◆▼【])"
              + "[^\\n]{0,40}[^\\n。、.,:;!?！？]");

  /** What stands before an item of a list. */
  private static final Pattern MARK =
      Pattern.compile("[①-⑳・■●○◆※*-]|[(（]?(?:\\d{1,3}|[A-Za-z])[.．)）]|\\d{1,3}");

  private final Sections sections;
  private final String sheet;
  private final Set<Integer> headers = new HashSet<>();
  private final TreeMap<Integer, List<String>> asides = new TreeMap<>();
  private final List<SheetRow> waiting = new ArrayList<>();
  private @Nullable Header table;
  private @Nullable Header tableBefore;
  private boolean decided;
  private boolean asTable;
  private boolean begun;
  private int last;

  /** A sheet; without a name of its own it is called a sheet. */
  SheetLayout(Sections sections, String sheet) {
    this.sections = sections;
    this.sheet = sheet.isBlank() ? "Sheet" : sheet;
  }

  /** The workbook itself says that this row, counted from 1, is the header of a table. */
  void header(int row) {
    headers.add(row);
  }

  /** A text that stands beside the cells, at this row, counted from 1. It comes after them. */
  void aside(int row, String words) {
    asides.computeIfAbsent(row, number -> new ArrayList<>()).add(words);
  }

  /** The next row; one without cells of its own is a gap. */
  void row(SheetRow row) {
    if (row.own().isEmpty()) {
      return;
    }
    begin(row.number());
    if (row.number() > last + 1) {
      endSection();
    }
    last = row.number();
    if (decided && asTable) {
      hand(row);
      return;
    }
    waiting.add(row);
    if (decided && waiting.size() >= TEXT_ROWS) {
      text(waiting);
      waiting.clear();
    } else if (!decided && waiting.size() >= LOOK) {
      decide();
    }
  }

  /** The sheet ends. */
  void end() {
    endSection();
    asides.forEach((row, texts) -> {
      begin(row);
      sections.at(place(row, row));
      texts.forEach(sections::paragraph);
    });
  }

  private void begin(int row) {
    if (!begun) {
      begun = true;
      sections.at(place(row, row));
      sections.title(1, sheet);
    }
  }

  private void endSection() {
    if (!decided && !waiting.isEmpty()) {
      decide();
    }
    if (!waiting.isEmpty()) {
      text(waiting);
      waiting.clear();
    }
    if (table != null) {
      tableBefore = table;
    }
    table = null;
    decided = false;
    asTable = false;
  }

  private void decide() {
    decided = true;
    table = Header.find(waiting, headers);
    if (table != null) {
      asTable = true;
      text(waiting.subList(0, table.first()));
      waiting.subList(table.first() + table.rows(), waiting.size()).forEach(this::hand);
      waiting.clear();
      return;
    }
    boolean goesOn =
        tableBefore != null
            && waiting.stream().allMatch(tableBefore::covers)
            && waiting.getFirst().own().size() >= 2;
    if (goesOn) {
      table = tableBefore;
    }
    asTable = goesOn || isTableWithoutHeader(waiting);
    if (asTable) {
      waiting.forEach(this::hand);
      waiting.clear();
    }
  }

  /** Whether most rows have values in the same columns, and not only words. */
  private static boolean isTableWithoutHeader(List<SheetRow> rows) {
    if (rows.size() < 2) {
      return false;
    }
    Set<Integer> columns =
        rows.getFirst().cells().stream().map(SheetCell::column).collect(Collectors.toSet());
    long alike =
        rows.stream()
            .filter(row ->
                row.cells().stream()
                    .map(SheetCell::column)
                    .collect(Collectors.toSet())
                    .equals(columns))
            .count();
    boolean values =
        rows.stream()
            .allMatch(
                row -> row.cells().stream().anyMatch(cell -> cell.kind() != SheetCell.Kind.TEXT));
    return columns.size() >= 2 && alike * 3 >= rows.size() * 2L && values;
  }

  private void hand(SheetRow row) {
    var cells = new ArrayList<Cell>();
    for (SheetCell cell : row.cells()) {
      cells.add(new Cell(table == null ? "" : table.nameOf(cell), cell.text()));
    }
    sections.at(place(row.number(), row.number()));
    sections.row(cells);
  }

  private void text(List<SheetRow> rows) {
    if (rows.isEmpty()) {
      return;
    }
    if (rows.size() == 1 && rows.getFirst().own().size() == 1) {
      SheetRow row = rows.getFirst();
      sections.at(place(row.number(), row.number()));
      String words = row.own().getFirst().text();
      if (words.indexOf('\n') < 0) {
        sections.title(2, words);
      } else {
        sections.paragraph(words);
      }
      return;
    }
    int first = 0;
    for (int i = 0; i < rows.size(); i++) {
      if (isTitle(rows.get(i))) {
        lines(rows.subList(first, i));
        SheetRow row = rows.get(i);
        sections.at(place(row.number(), row.number()));
        sections.title(2, row.own().getFirst().text());
        first = i + 1;
      }
    }
    lines(rows.subList(first, rows.size()));
  }

  /** Whether a row is one cell that numbers or marks what follows. */
  private static boolean isTitle(SheetRow row) {
    return row.own().size() == 1 && TITLE.matcher(row.own().getFirst().text()).matches();
  }

  private void lines(List<SheetRow> rows) {
    if (!rows.isEmpty()) {
      sections.at(place(rows.getFirst().number(), rows.getLast().number()));
      rows.forEach(row -> sections.line(line(row.own())));
    }
  }

  /** The cells of a row of text: a label with its value, a number with what it counts. */
  private static String line(List<SheetCell> own) {
    if (own.size() == 1) {
      return own.getFirst().text();
    }
    var line = new StringBuilder();
    for (int i = 0; i < own.size(); i++) {
      if (i > 0) {
        SheetCell before = own.get(i - 1);
        boolean label = before.emphasised() && !own.get(i).emphasised();
        boolean mark = i == 1 && MARK.matcher(before.text()).matches();
        line.append(label ? ": " : mark ? " " : " | ");
      }
      line.append(own.get(i).text().replace('\n', ' '));
    }
    return line.toString();
  }

  private Locator place(int first, int until) {
    return new Locator.Rows(sheet, first, until);
  }
}
