package io.kass.documents.html;

import io.kass.ports.document.Block.TableRow.Cell;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jsoup.nodes.Element;

/** A table as it is laid out: cells that span rows or columns stand in each of them. */
final class HtmlTable {
  /** More columns than anyone reads; spans are cut there. */
  private static final int MOST_COLUMNS = 1000;

  private static final int MOST_ROWS_SPANNED = 1000;

  /**
   * A cell in one of the places that it spans.
   *
   * @param anchor whether it is the first of them in its row
   */
  private record Slot(String text, boolean header, boolean anchor) {}

  private record Span(Slot slot, int rowsLeft) {}

  private final List<List<Slot>> rows = new ArrayList<>();
  private final List<Slot> row = new ArrayList<>();
  private final List<Span> spans = new ArrayList<>();
  private final StringBuilder pending = new StringBuilder();

  private static final Slot NOTHING = new Slot("", false, false);

  /** A piece of text within the cell that is open. */
  void text(String text) {
    if (!text.isEmpty()) {
      pending.append(pending.isEmpty() ? "" : "\n").append(text);
    }
  }

  /** A cell ends; {@code rest} is the text since the last piece. */
  void cell(Element element, String rest) {
    text(rest);
    String text = pending.toString();
    pending.setLength(0);
    boolean header = element.normalName().equals("th");
    int width = number(element.attr("colspan"), MOST_COLUMNS);
    int height = number(element.attr("rowspan"), MOST_ROWS_SPANNED);
    skipSpanned();
    for (int i = 0; i < width && row.size() < MOST_COLUMNS; i++) {
      var slot = new Slot(text, header, i == 0);
      int column = row.size();
      row.add(slot);
      while (spans.size() <= column) {
        spans.add(new Span(NOTHING, 0));
      }
      spans.set(column, new Span(slot, height));
    }
  }

  /** The table ends, perhaps in the middle of a row or a cell. */
  void end() {
    if (!pending.isEmpty()) {
      row.add(new Slot(pending.toString(), false, true));
      pending.setLength(0);
    }
    if (!row.isEmpty()) {
      endRow();
    }
  }

  private void skipSpanned() {
    while (row.size() < spans.size() && spans.get(row.size()).rowsLeft() > 0) {
      row.add(spans.get(row.size()).slot());
    }
  }

  /** A row ends. */
  void endRow() {
    while (row.size() < spans.size()) {
      Span span = spans.get(row.size());
      row.add(span.rowsLeft() > 0 ? span.slot() : NOTHING);
    }
    for (int i = 0; i < spans.size(); i++) {
      spans.set(i, new Span(spans.get(i).slot(), Math.max(0, spans.get(i).rowsLeft() - 1)));
    }
    if (!row.isEmpty()) {
      rows.add(List.copyOf(row));
      row.clear();
    }
  }

  private static int number(String text, int most) {
    try {
      return Math.clamp(Integer.parseInt(text.strip()), 1, most);
    } catch (NumberFormatException e) {
      return 1;
    }
  }

  /** Whether it only puts things side by side: a single column, or a single row without headers. */
  boolean isLayout() {
    int columns = rows.stream().mapToInt(List::size).max().orElse(0);
    boolean headers = rows.stream().flatMap(List::stream).anyMatch(Slot::header);
    return columns <= 1 || (rows.size() <= 1 && !headers);
  }

  /** All of it, a line a row. */
  String asText() {
    return rows.stream()
        .map(cells ->
            cells.stream()
                .filter(cell -> cell.anchor() && !cell.text().isEmpty())
                .map(Slot::text)
                .collect(Collectors.joining(" | ")))
        .filter(line -> !line.isEmpty())
        .collect(Collectors.joining("\n"));
  }

  /** The rows below the headers, with the names of their columns. */
  List<List<Cell>> rows() {
    int headers = 0;
    while (headers < rows.size() && isHeader(rows.get(headers))) {
      headers++;
    }
    if (headers == rows.size()) {
      headers = 0;
    }
    List<String> names = names(headers);
    var named = new ArrayList<List<Cell>>();
    for (List<Slot> cells : rows.subList(headers, rows.size())) {
      var out = new ArrayList<Cell>();
      for (int i = 0; i < cells.size(); i++) {
        if (cells.get(i).anchor() && !cells.get(i).text().isEmpty()) {
          out.add(new Cell(i < names.size() ? names.get(i) : "", cells.get(i).text()));
        }
      }
      named.add(out);
    }
    return named;
  }

  private static boolean isHeader(List<Slot> cells) {
    return cells.stream().anyMatch(Slot::header)
        && cells.stream().allMatch(cell -> cell.header() || cell.text().isEmpty());
  }

  private List<String> names(int headers) {
    var names = new ArrayList<String>();
    int columns = rows.stream().limit(headers).mapToInt(List::size).max().orElse(0);
    for (int column = 0; column < columns; column++) {
      var parts = new ArrayList<String>();
      for (List<Slot> cells : rows.subList(0, headers)) {
        String part = column < cells.size() ? cells.get(column).text().replace("\n", " ") : "";
        if (!part.isEmpty() && (parts.isEmpty() || !parts.getLast().equals(part))) {
          parts.add(part);
        }
      }
      names.add(String.join(" / ", parts));
    }
    return names;
  }
}
