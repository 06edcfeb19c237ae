package io.kass.core.chunking;

import static org.assertj.core.api.Assertions.assertThat;

import io.kass.ports.Json;
import io.kass.ports.Metadata;
import io.kass.ports.document.Block;
import io.kass.ports.document.Locator;
import io.kass.ports.document.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FieldsChunkerTest {
  @Test
  void theFieldsOfATicketAreOneText() {
    assertThat(
            cut(
                1000,
                List.of(
                    field("SHOP-1", "Title", "It is broken"),
                    field("SHOP-1", "Description", "Since today."),
                    field("SHOP-1", "Comments", "ada: me too"),
                    field("SHOP-1", "Comments", "bob: fixed"))))
        .containsExactly(
            new ChunkDraft(
                "Title: It is broken\n\nDescription: Since today.\n\n"
                    + "Comments:\nada: me too\nbob: fixed",
                place("SHOP-1"),
                Metadata.of(Map.of("issue_id", Json.of("SHOP-1")))));
  }

  @Test
  void factsAreMetadataOfTheTicketThatFollows() {
    List<ChunkDraft> chunks =
        cut(
            1000,
            List.of(
                field("A-1", "project", "A"),
                field("A-1", "created_at", "2025-10-27T01:00:00Z"),
                field("A-1", "Title", "one"),
                field("B-2", "project", "B"),
                field("B-2", "Title", "two")));
    assertThat(Cuts.texts(chunks)).containsExactly("Title: one", "Title: two");
    assertThat(chunks.getFirst().metadata())
        .isEqualTo(
            Metadata.of(
                Map.of(
                    "issue_id", Json.of("A-1"),
                    "project", Json.of("A"),
                    "created_at", Json.of("2025-10-27T01:00:00Z"))));
    assertThat(chunks.getLast().metadata())
        .isEqualTo(Metadata.of(Map.of("issue_id", Json.of("B-2"), "project", Json.of("B"))));
  }

  @Test
  void noChunkHoldsTwoTickets() {
    assertThat(
            Cuts.texts(
                cut(1000, List.of(field("A-1", "Title", "one"), field("A-2", "Title", "two")))))
        .containsExactly("Title: one", "Title: two");
  }

  @Test
  void aLongTicketIsCutAndNothingOfItLost() {
    List<Block> fields =
        IntStream.range(0, 30).mapToObj(i -> field("A-1", "Comments", "bob: remark " + i)).toList();
    List<ChunkDraft> chunks = cut(100, fields);
    assertThat(chunks).allMatch(chunk -> chunk.text().length() <= 100);
    assertThat(chunks).allMatch(chunk -> chunk.place().equals(place("A-1")));
    for (int i = 0; i < 30; i++) {
      String remark = "bob: remark " + i;
      assertThat(chunks).anyMatch(chunk -> (chunk.text() + "\n").contains(remark + "\n"));
    }
  }

  @Test
  void aPatchKeepsItsTextAndPlace() {
    Place hunk = new Place(new Locator.Lines(9, 11), List.of("Fix", "a.txt:1-2"), 40, 56);
    List<ChunkDraft> chunks =
        cut(
            1000,
            List.of(
                field("c", "Title", "Fix"), new Block.Hunk("a.txt", "@@ -1 +1 @@\n-a\n+", hunk)));
    assertThat(chunks.getLast().text()).isEqualTo("@@ -1 +1 @@\n-a\n+");
    assertThat(chunks.getLast().place())
        .isEqualTo(new Place(new Locator.Lines(9, 11), List.of("Fix", "a.txt:1-2"), 40, 56));
  }

  private static List<ChunkDraft> cut(int size, List<Block> blocks) {
    var chunks = new ArrayList<ChunkDraft>();
    Chunking chunking = new FieldsChunker(new ChunkSizes(size, 15)).begin(chunks::add);
    blocks.forEach(chunking);
    chunking.finish();
    return chunks;
  }

  private static Block field(String key, String name, String text) {
    return new Block.Field(name, text, place(key));
  }

  private static Place place(String key) {
    return new Place(new Locator.Part(key), List.of("Ticket"), -1, -1);
  }
}
