package io.kass.core.chunking;

import io.kass.ports.Json;
import io.kass.ports.Metadata;
import io.kass.ports.document.Block;
import io.kass.ports.document.Block.TableRow.Cell;
import io.kass.ports.document.Locator;
import io.kass.ports.document.Place;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One sheet on its way into chunks. Holds a few chunks and the first rows of it. */
final class SheetText {
  /** How many columns and rows a summary shows. */
  private static final int SHOWN = 10;

  private final String name;
  private final List<String> headings;
  private final ChunkSizes sizes;
  private final SheetParts parts;
  private final Consumer<ChunkDraft> chunks;
  private final WindowCutter text;

  /** The rows whose lines may still be in a chunk, with where these end in the text. */
  private final Deque<Line> lines = new ArrayDeque<>();

  private final Set<String> columns = new LinkedHashSet<>();
  private final List<String> shown = new ArrayList<>();
  private @Nullable Locator first;
  private @Nullable Locator last;
  private boolean begun;
  private long length;
  private long rows;
  private long parted;

  private record Line(long end, Locator locator) {}

  SheetText(
      String name,
      List<String> headings,
      ChunkSizes sizes,
      SheetParts parts,
      Consumer<ChunkDraft> chunks) {
    this.name = name;
    this.headings = headings;
    this.sizes = sizes;
    this.parts = parts;
    this.chunks = chunks;
    this.text = new RecursiveCutter(sizes, this::textChunk);
  }

  String name() {
    return name;
  }

  /** What its rows stand under. */
  List<String> headings() {
    return headings;
  }

  void add(Block.TableRow row) {
    Locator locator = row.place().locator();
    boolean named = row.cells().stream().anyMatch(cell -> !cell.column().isEmpty());
    rows++;
    first = first == null ? locator : first;
    last = locator;
    if (parts.text(named)) {
      line(row.text(), locator);
    }
    if (parts.rows(named)) {
      alone(named(row), locator);
    }
    if (parts.summary()) {
      row.cells().stream()
          .map(Cell::column)
          .filter(column -> !column.isEmpty() && columns.size() < SHOWN)
          .forEach(columns::add);
      if (shown.size() < SHOWN) {
        shown.add(row.text());
      }
    }
  }

  void finish() {
    text.finish();
    if (parts.summary() && first != null && last != null) {
      summary(span(first, last));
    }
  }

  private void line(String values, Locator locator) {
    if (!begun) {
      begun = true;
      append(name.isEmpty() ? "" : "Sheet: " + name + "\n", locator);
    }
    append(values + "\n", locator);
  }

  private void append(String more, Locator locator) {
    length += more.length();
    lines.add(new Line(length, locator));
    text.append(more);
  }

  private void textChunk(String chunk, long begin, int from, int to, List<String> under) {
    while (lines.size() > 1 && lines.getFirst().end() <= begin) {
      lines.removeFirst();
    }
    Locator start = lines.getFirst().locator();
    Locator end = start;
    var rowsOf = new ChunkParts();
    long at = begin;
    for (Line line : lines) {
      end = line.locator();
      rowsOf.add((int) (at - begin), end);
      at = line.end();
      if (at >= begin + chunk.length()) {
        break;
      }
    }
    Metadata metadata = SheetChunking.metadata(name, "full_sheet", "chunk_index", parted++);
    chunks.accept(new ChunkDraft(chunk, place(span(start, end)), rowsOf.in(metadata)));
  }

  /** {@code Column: value | …}, or the value alone where there is no column's name. */
  static String named(Block.TableRow row) {
    return String.join(
        " | ",
        row.cells().stream()
            .map(cell ->
                cell.column().isEmpty() ? cell.value() : cell.column() + ": " + cell.value())
            .toList());
  }

  private void alone(String row, Locator locator) {
    var metadata = SheetChunking.metadata(name, "row", "row_number", number(locator));
    cut(row, part -> chunks.accept(new ChunkDraft(part, place(locator), metadata)));
  }

  /** The number of the row in its sheet, or else in order. */
  private long number(Locator locator) {
    return locator instanceof Locator.Rows numbered ? numbered.first() : rows;
  }

  private void summary(Locator all) {
    var out = new StringBuilder("Sheet: ").append(name).append("\nRows: ").append(rows);
    if (!columns.isEmpty()) {
      out.append("\nColumns: ").append(String.join(", ", columns));
    }
    shown.forEach(row -> out.append('\n').append(row));
    var index = new long[1];
    cut(
        out.toString(),
        part ->
            chunks.accept(
                new ChunkDraft(
                    part,
                    place(all),
                    SheetChunking.metadata(name, "sheet_summary", "chunk_index", index[0]++)
                        .with("total_rows", Json.of(rows)))));
  }

  private void cut(String whole, Consumer<String> parted) {
    if (whole.isBlank()) {
      return;
    }
    if (whole.length() <= sizes.size()) {
      parted.accept(whole);
      return;
    }
    var cutter = new RecursiveCutter(sizes, (part, begin, from, to, under) -> parted.accept(part));
    cutter.append(whole);
    cutter.finish();
  }

  private Place place(Locator locator) {
    return new Place(locator, headings, -1, -1);
  }

  private static Locator span(Locator from, Locator to) {
    if (from instanceof Locator.Rows(String sheet, int begin, int ignored)
        && to instanceof Locator.Rows(String same, int also, int end)) {
      return new Locator.Rows(sheet, begin, Math.max(begin, end));
    }
    if (from instanceof Locator.Lines(int begin, int ignored)
        && to instanceof Locator.Lines(int also, int end)) {
      return new Locator.Lines(begin, Math.max(begin, end));
    }
    return from;
  }
}
