package io.kass.core.assistant;

import static org.assertj.core.api.Assertions.assertThat;

import io.kass.ports.Json;
import io.kass.ports.Metadata;
import io.kass.ports.document.Locator;
import io.kass.ports.document.Place;
import io.kass.ports.index.Chunk;
import io.kass.ports.index.ChunkBuilder;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuotePlacesTest {
  @Test
  void countsLinesFromTheChunksFirst() {
    Place place = QuotePlaces.of(chunk("one\ntwo\r\nthree\nfour", 10), 4, 14);
    assertThat(place.locator()).isEqualTo(new Locator.Lines(11, 12));
    assertThat(place.begin()).isEqualTo(104);
    assertThat(place.end()).isEqualTo(114);
    assertThat(place.headings()).containsExactly("Title");
  }

  @Test
  void staysOnTheChunksPages() {
    Chunk chunk =
        ChunkBuilder.chunk("d", "text")
            .place(new Place(new Locator.Pages(3, 4), List.of(), -1, -1))
            .build()
            .chunk();
    assertThat(QuotePlaces.of(chunk, 1, 2))
        .isEqualTo(new Place(new Locator.Pages(3, 4), List.of(), -1, -1));
  }

  @Test
  void namesTheMessageThatIsQuoted() {
    Instant ten = Instant.parse("2025-10-27T10:00:00Z");
    Instant eleven = Instant.parse("2025-10-27T11:00:00Z");
    Chunk chunk =
        ChunkBuilder.chunk("d", "ada: when?\nbob: at noon")
            .place(
                new Place(new Locator.Messages("general", ten, eleven), List.of("Export"), -1, -1))
            .metadata(
                Metadata.EMPTY.with(
                    "parts",
                    Json.parse("[[0,\"2025-10-27T10:00:00Z\"],[11,\"2025-10-27T11:00:00Z\"]]")))
            .build()
            .chunk();
    assertThat(QuotePlaces.of(chunk, 16, 23))
        .isEqualTo(
            new Place(new Locator.Messages("general", eleven, eleven), List.of("Export"), -1, -1));
  }

  private static Chunk chunk(String text, int firstLine) {
    return ChunkBuilder.chunk("d", text)
        .place(
            new Place(
                new Locator.Lines(firstLine, firstLine + 3),
                List.of("Title"),
                100,
                100 + text.length()))
        .build()
        .chunk();
  }
}
