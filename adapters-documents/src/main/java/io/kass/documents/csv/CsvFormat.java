package io.kass.documents.csv;

import io.kass.documents.format.Claim;
import io.kass.documents.format.Sample;
import io.kass.documents.format.StreamedFormat;
import io.kass.ports.document.Block;
import io.kass.ports.document.Block.TableRow.Cell;
import io.kass.ports.document.Locator;
import io.kass.ports.document.Place;
import io.kass.ports.document.SourceType;
import java.io.IOException;
import java.io.Reader;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A table as text: a row a record, placed by the lines where it stands. */
final class CsvFormat extends StreamedFormat {
  /** Rows between two looks at the clock. */
  private static final int STEP = 1000;

  CsvFormat(InstantSource clock) {
    super(clock, SourceType.SPREADSHEET, "text/csv");
  }

  @Override
  public String label() {
    return "CSV";
  }

  @Override
  public String id() {
    return "csv/2";
  }

  @Override
  public Claim claim(Sample sample) {
    return switch (sample.extension()) {
      case "csv", "tsv", "tab", "psv" -> Claim.NAMED;
      case "", "txt", "text", "dat", "data", "prn", "log" ->
          CsvDialect.isSurely(sample.text(), sample.isWhole()) ? Claim.GENERAL : Claim.NONE;
      default -> Claim.NONE;
    };
  }

  @Override
  protected void read(Sample sample, Reader reader, Consumer<Block> blocks, Runnable check)
      throws IOException {
    // The sample may be of another encoding than the whole: signs that separate are the same.
    CsvDialect dialect = CsvDialect.of(sample.text(), sample.isWhole());
    var parser = new CsvParser(reader, dialect.separator());
    if (dialect.declared()) {
      parser.next();
    }
    // Enough to tell a header from data, and then handed over with the rest.
    var first = new ArrayList<CsvRecord>();
    CsvRecord next = parser.next();
    while (next != null && first.size() < 20) {
      if (!next.isBlank()) {
        first.add(next);
      }
      next = parser.next();
    }
    int above = above(first);
    first.subList(0, above).forEach(line -> hand(line, List.of(), blocks));
    first.subList(0, above).clear();
    boolean headed = CsvHeader.isFirst(first);
    List<String> titles = headed ? first.getFirst().values() : List.of();
    // A table of nothing but titles still says something.
    boolean only = headed && first.size() == 1 && next == null;
    for (CsvRecord row : headed && !only ? first.subList(1, first.size()) : first) {
      hand(row, only ? List.of() : titles, blocks);
    }
    for (long count = 0; next != null; count++) {
      if (count % STEP == 0) {
        check.run();
      }
      hand(next, titles, blocks);
      next = parser.next();
    }
  }

  /** How many records above a table say what it is: they have one value, and it has more. */
  private static int above(List<CsvRecord> records) {
    int count = 0;
    while (count < records.size() && isSingle(records.get(count))) {
      count++;
    }
    return count < records.size() - 1 ? count : 0;
  }

  private static boolean isSingle(CsvRecord row) {
    return row.values().stream().filter(value -> !value.isBlank()).count() == 1;
  }

  private static void hand(CsvRecord row, List<String> titles, Consumer<Block> blocks) {
    var cells = new ArrayList<Cell>();
    for (int i = 0; i < row.values().size(); i++) {
      String value = row.values().get(i).strip();
      if (!value.isEmpty()) {
        cells.add(new Cell(title(titles, i), value));
      }
    }
    if (!cells.isEmpty()) {
      var lines = new Locator.Lines(row.firstLine(), row.lastLine());
      blocks.accept(new Block.TableRow(cells, new Place(lines, List.of(), -1, -1)));
    }
  }

  private static String title(List<String> titles, int column) {
    return column < titles.size() ? titles.get(column).strip() : "";
  }
}
