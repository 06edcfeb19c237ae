package io.kass.documents.office;

import io.kass.documents.format.Sections;
import io.kass.ports.document.Block.TableRow.Cell;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A table of a text: the first rows name its columns, unless it has one row or one column. */
final class TextTable {
  private static final int MOST_COLUMNS = 1000;

  /** What stands in a column of a row; {@code anchor} where it begins there. */
  private record Slot(String text, boolean anchor) {}

  private final List<List<Slot>> rows = new ArrayList<>();
  private final List<Slot> row = new ArrayList<>();
  private int headers;

  /**
   * The next cell of the row.
   *
   * @param span how many columns it covers
   * @param goesOn whether it is the cell above it
   */
  void cell(String text, int span, boolean goesOn) {
    for (int i = 0; i < Math.max(1, span) && row.size() < MOST_COLUMNS; i++) {
      String words = text;
      boolean anchor = i == 0;
      if (goesOn && !rows.isEmpty() && row.size() < rows.getLast().size()) {
        Slot above = rows.getLast().get(row.size());
        words = above.text();
        anchor = above.anchor();
      }
      row.add(new Slot(words, anchor));
    }
  }

  /**
   * The row ends.
   *
   * @param header whether it is repeated on every page
   */
  void endRow(boolean header) {
    if (header && headers == rows.size()) {
      headers++;
    }
    rows.add(List.copyOf(row));
    row.clear();
  }

  /** All of it, a line a row. */
  String asText() {
    return rows.stream()
        .map(cells ->
            cells.stream()
                .filter(cell -> cell.anchor() && !cell.text().isBlank())
                .map(Slot::text)
                .collect(Collectors.joining(" | ")))
        .filter(line -> !line.isEmpty())
        .collect(Collectors.joining("\n"));
  }

  void hand(Sections sections) {
    int columns = rows.stream().mapToInt(List::size).max().orElse(0);
    if (columns <= 1 || rows.size() <= 1) {
      sections.paragraph(asText());
      return;
    }
    int named = headers > 0 && headers < rows.size() ? headers : isFull(rows.getFirst()) ? 1 : 0;
    for (List<Slot> cells : rows.subList(named, rows.size())) {
      var out = new ArrayList<Cell>();
      for (int i = 0; i < cells.size(); i++) {
        if (cells.get(i).anchor() && !cells.get(i).text().isBlank()) {
          out.add(new Cell(name(named, i), cells.get(i).text()));
        }
      }
      sections.row(out);
    }
  }

  private static boolean isFull(List<Slot> cells) {
    return cells.stream().allMatch(cell -> !cell.text().isBlank() && cell.text().length() <= 80);
  }

  private String name(int named, int column) {
    var parts = new ArrayList<String>();
    for (List<Slot> cells : rows.subList(0, named)) {
      String part = column < cells.size() ? cells.get(column).text().replaceAll("\\s+", " ") : "";
      if (!part.isBlank() && (parts.isEmpty() || !parts.getLast().equals(part))) {
        parts.add(part);
      }
    }
    return String.join(" / ", parts);
  }
}
