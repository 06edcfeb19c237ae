package io.kass.core.chunking;

import static org.assertj.core.api.Assertions.assertThat;

import io.kass.ports.Json;
import io.kass.ports.Metadata;
import io.kass.ports.document.Block;
import io.kass.ports.document.Block.TableRow.Cell;
import io.kass.ports.document.Locator;
import io.kass.ports.document.Place;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Which message or row a part of a chunk is of. */
class ChunkPartsTest {
  private static final Instant START = Instant.parse("2025-10-27T10:00:00Z");

  @Property
  void everyWordIsOfTheMessageItWasSaidIn(
      @ForAll @IntRange(min = 1, max = 30) int count,
      @ForAll @IntRange(min = 16, max = 400) int longest) {
    var chunks = new ArrayList<ChunkDraft>();
    Chunking chunking = new ChatChunker(new ChatWindows(6, 2, longest)).begin(chunks::add);
    for (int i = 0; i < count; i++) {
      Instant at = START.plusSeconds(60L * i);
      chunking.accept(
          new Block.ChatMessage(
              "ada",
              at,
              "word%d and\nmore word%d".formatted(i, i),
              new Place(new Locator.Messages("c", at, at), List.of(), -1, -1)));
    }
    chunking.finish();
    for (ChunkDraft chunk : chunks) {
      for (int i = 0; i < count; i++) {
        Instant at = START.plusSeconds(60L * i);
        String word = "word" + i;
        for (int begin : all(chunk.text(), word)) {
          Locator found = at(chunk, begin, begin + word.length());
          assertThat(found).isEqualTo(new Locator.Messages("c", at, at));
        }
      }
    }
  }

  @Property
  void everyCellIsOfTheRowItStandsIn(
      @ForAll @IntRange(min = 1, max = 40) int count,
      @ForAll @IntRange(min = 16, max = 200) int size) {
    var chunks = new ArrayList<ChunkDraft>();
    Chunking chunking =
        new SpreadsheetChunker(new ChunkSizes(size, size / 5), SheetParts.ROWS_OR_TEXT)
            .begin(chunks::add);
    for (int i = 0; i < count; i++) {
      // Rows without anything in them have no block: numbers have gaps.
      int row = 3 * i + 1;
      chunking.accept(
          new Block.TableRow(
              List.of(new Cell("", "cell" + row), new Cell("", "first\nsecond" + row)),
              new Place(new Locator.Rows("S", row, row), List.of(), -1, -1)));
    }
    chunking.finish();
    for (ChunkDraft chunk : chunks) {
      for (int i = 0; i < count; i++) {
        int row = 3 * i + 1;
        for (String word : List.of("cell" + row, "second" + row)) {
          for (int begin : all(chunk.text(), word)) {
            assertThat(at(chunk, begin, begin + word.length()))
                .isEqualTo(new Locator.Rows("S", row, row));
          }
        }
      }
    }
  }

  @Test
  void aPartOfSeveralReachesFromTheFirstToTheLast() {
    var metadata = Metadata.EMPTY.with("parts", Json.parse("[[0,4],[10,6],[20,9]]"));
    var whole = new Locator.Rows("S", 4, 9);
    assertThat(ChunkParts.at(whole, metadata, 3, 10)).isEqualTo(new Locator.Rows("S", 4, 4));
    assertThat(ChunkParts.at(whole, metadata, 3, 11)).isEqualTo(new Locator.Rows("S", 4, 6));
    assertThat(ChunkParts.at(whole, metadata, 10, 99)).isEqualTo(new Locator.Rows("S", 6, 9));
    assertThat(ChunkParts.at(new Locator.Lines(4, 9), metadata, 12, 13))
        .isEqualTo(new Locator.Lines(6, 6));
  }

  @Test
  void whatAnotherCallsPartsMeansNothing() {
    var whole = new Locator.Rows("S", 4, 9);
    for (String other :
        List.of(
            "\"two\"",
            "[]",
            "[1,2]",
            "[[0]]",
            "[[\"a\",\"b\"]]",
            "[[0,\"x\"]]",
            "[[0,9],[1,4]]",
            "[[0,-1]]",
            "[[0,99999999999]]")) {
      Metadata metadata = Metadata.EMPTY.with("parts", Json.parse(other));
      assertThat(ChunkParts.at(whole, metadata, 0, 20)).as(other).isNull();
      assertThat(ChunkParts.at(new Locator.Messages("c", START, START), metadata, 0, 20))
          .as(other)
          .isNull();
    }
    assertThat(ChunkParts.at(whole, Metadata.EMPTY, 0, 20)).isNull();
  }

  private static Locator at(ChunkDraft chunk, int begin, int end) {
    Locator whole = chunk.place().locator();
    Locator part = ChunkParts.at(whole, chunk.metadata(), begin, end);
    return part == null ? whole : part;
  }

  /** Where a word stands whole, and is not the beginning of a longer one. */
  private static List<Integer> all(String text, String word) {
    var found = new ArrayList<Integer>();
    for (int i = text.indexOf(word); i >= 0; i = text.indexOf(word, i + 1)) {
      int end = i + word.length();
      if (end < text.length() && !Character.isDigit(text.charAt(end))) {
        found.add(i);
      }
    }
    return found;
  }
}
