package io.kass.core.chunking;

import static org.assertj.core.api.Assertions.assertThat;

import io.kass.ports.Json;
import io.kass.ports.Metadata;
import io.kass.ports.document.Block;
import io.kass.ports.document.Block.TableRow.Cell;
import io.kass.ports.document.Locator;
import io.kass.ports.document.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class SpreadsheetChunkerTest {
  private static final ChunkSizes SIZES = new ChunkSizes(2000, 200);

  @Test
  void aRowWithColumnNamesStandsOnItsOwn() {
    assertThat(
            cut(
                SIZES,
                SheetParts.ROWS_OR_TEXT,
                List.of(
                    heading("Errors"),
                    row("Errors", 2, "Code", "E-1", "Meaning", "No route"),
                    row("Errors", 3, "Code", "E-2"))))
        .containsExactly(
            new ChunkDraft("Code: E-1 | Meaning: No route", place(2, 2), row("Errors", 2)),
            new ChunkDraft("Code: E-2", place(3, 3), row("Errors", 3)));
  }

  @Test
  void rowsWithoutColumnNamesAreReadTogether() {
    assertThat(
            cut(
                SIZES,
                SheetParts.ROWS_OR_TEXT,
                List.of(
                    heading("Errors"),
                    row("Errors", 1, "", "目的"),
                    row("Errors", 4, "", "受注", "", "翌日"))))
        .containsExactly(
            new ChunkDraft(
                "Sheet: Errors\n目的\n受注 | 翌日",
                place(1, 4),
                SheetChunking.metadata("Errors", "full_sheet", "chunk_index", 0)
                    .with("parts", Json.parse("[[0,1],[17,4]]"))));
  }

  @Test
  void theLegacyWayGivesTextRowsAndSummary() {
    List<Block> blocks = new ArrayList<>(List.of(heading("Errors")));
    IntStream.rangeClosed(2, 13)
        .forEach(i -> blocks.add(row("Errors", i, "Code", "E-" + i, "Days", "" + i)));
    List<ChunkDraft> chunks = cut(SIZES, SheetParts.LEGACY, blocks);

    assertThat(types(chunks))
        .hasSize(14)
        .startsWith("row", "row")
        .endsWith("full_sheet", "sheet_summary");
    ChunkDraft text = chunks.get(12);
    assertThat(text.text()).startsWith("Sheet: Errors\nE-2 | 2\nE-3 | 3\n").endsWith("E-13 | 13");
    assertThat(text.place()).isEqualTo(place(2, 13));
    assertThat(chunks.getLast().text())
        .startsWith("Sheet: Errors\nRows: 12\nColumns: Code, Days\nE-2 | 2\n")
        .endsWith("\nE-11 | 11");
    assertThat(chunks.getLast().place()).isEqualTo(place(2, 13));
  }

  @Test
  void aSummaryShowsTenColumns() {
    String[] cells = new String[24];
    for (int i = 0; i < 12; i++) {
      cells[2 * i] = "C" + i;
      cells[2 * i + 1] = "v";
    }
    String summary = cut(SIZES, SheetParts.LEGACY, List.of(row("S", 2, cells))).getLast().text();
    assertThat(summary).contains("Columns: C0, C1, C2, C3, C4, C5, C6, C7, C8, C9\n");
  }

  @Test
  void sheetsAreNotMixed() {
    List<ChunkDraft> chunks =
        cut(
            SIZES,
            SheetParts.ROWS_OR_TEXT,
            List.of(row("A", 1, "", "one"), row("B", 1, "", "two"), row("B", 2, "", "three")));
    assertThat(Cuts.texts(chunks)).containsExactly("Sheet: A\none", "Sheet: B\ntwo\nthree");
  }

  @Test
  void rowsUnderAnotherHeadingAreOfAnotherTable() {
    var users = new Place(new Locator.Whole(), List.of("users"), -1, -1);
    var orders = new Place(new Locator.Whole(), List.of("orders"), -1, -1);
    List<ChunkDraft> chunks =
        cut(
            SIZES,
            SheetParts.ROWS_OR_TEXT,
            List.of(
                new Block.TableRow(List.of(new Cell("name", "Kim")), users),
                new Block.TableRow(List.of(new Cell("item", "tea")), orders)));
    assertThat(chunks)
        .extracting(chunk -> chunk.place().headings())
        .containsExactly(List.of("users"), List.of("orders"));
  }

  @Test
  void aRowThatIsTooLongIsCut() {
    List<ChunkDraft> chunks =
        cut(
            new ChunkSizes(16, 0),
            SheetParts.ROWS_OR_TEXT,
            List.of(row("A", 5, "Note", "one two three four")));
    assertThat(Cuts.texts(chunks)).containsExactly("Note: one two", "three four");
    assertThat(chunks).allMatch(chunk -> chunk.metadata().equals(row("A", 5)));
  }

  @Property
  void everyValueIsFoundWhereItsPlaceSays(
      @ForAll("values") List<String> values, @ForAll boolean named) {
    var blocks = new ArrayList<Block>();
    for (int i = 0; i < values.size(); i++) {
      blocks.add(row("S", i + 1, named ? "Name" : "", values.get(i)));
    }
    List<ChunkDraft> chunks = cut(new ChunkSizes(60, 20), SheetParts.ROWS_OR_TEXT, blocks);
    for (int i = 0; i < values.size(); i++) {
      int row = i + 1;
      String value = values.get(i);
      assertThat(chunks)
          .anyMatch(chunk -> covers(chunk.place(), row) && chunk.text().contains(value));
    }
    assertThat(chunks).allMatch(chunk -> chunk.text().length() <= 60);
  }

  @Provide
  Arbitrary<List<String>> values() {
    return Arbitraries.strings()
        .withChars("abc漢字、")
        .ofMinLength(1)
        .ofMaxLength(12)
        .list()
        .ofMinSize(1)
        .ofMaxSize(40);
  }

  private static boolean covers(Place place, int row) {
    return place.locator() instanceof Locator.Rows(String sheet, int first, int last)
        && first <= row
        && row <= last;
  }

  private static List<String> types(List<ChunkDraft> chunks) {
    return chunks.stream()
        .map(chunk -> chunk.metadata().get("type") instanceof Json.Text text ? text.value() : "")
        .toList();
  }

  private static List<ChunkDraft> cut(ChunkSizes sizes, SheetParts parts, List<Block> blocks) {
    var chunks = new ArrayList<ChunkDraft>();
    Chunking chunking = new SpreadsheetChunker(sizes, parts).begin(chunks::add);
    blocks.forEach(chunking);
    chunking.finish();
    return chunks;
  }

  private static Metadata row(String sheet, int number) {
    return Metadata.of(
        Map.of("sheet", Json.of(sheet), "type", Json.of("row"), "row_number", Json.of(number)));
  }

  private static Block heading(String sheet) {
    return new Block.Heading(1, sheet, Place.WHOLE);
  }

  private static Block row(String sheet, int number, String... namesAndValues) {
    var cells = new ArrayList<Cell>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      cells.add(new Cell(namesAndValues[i], namesAndValues[i + 1]));
    }
    return new Block.TableRow(
        cells, new Place(new Locator.Rows(sheet, number, number), List.of(), -1, -1));
  }

  private static Place place(int first, int last) {
    return new Place(new Locator.Rows("Errors", first, last), List.of("Errors"), -1, -1);
  }
}
