package io.kass.core.chunking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.kass.ports.Json;
import io.kass.ports.Metadata;
import io.kass.ports.document.Block;
import io.kass.ports.document.Locator;
import io.kass.ports.document.Place;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ChatChunkerTest {
  private static final Instant START = Instant.parse("2025-10-27T10:00:00Z");

  @Test
  void windowsOfTenShareTwo() {
    List<ChunkDraft> chunks = cut(ChatWindows.DEFAULTS, messages("general", 0, 19));
    assertThat(chunks).hasSize(3);
    assertThat(chunks.get(0).text()).startsWith("ada: m0\nada: m1\n").endsWith("\nada: m9");
    assertThat(chunks.get(1).text()).startsWith("ada: m8\nada: m9\n").endsWith("\nada: m17");
    assertThat(chunks.get(2).text()).isEqualTo("ada: m16\nada: m17\nada: m18");
  }

  @Test
  void aChunkTellsItsChannelAndTimes() {
    assertThat(cut(ChatWindows.DEFAULTS, messages("general", 3, 6)))
        .containsExactly(
            new ChunkDraft(
                "ada: m3\nada: m4\nada: m5",
                new Place(new Locator.Messages("general", at(3), at(5)), List.of("Export"), -1, -1),
                Metadata.of(
                    Map.of(
                        "channel", Json.of("general"),
                        "message_count", Json.of(3),
                        "start_time", Json.of("2025-10-27T10:03:00Z"),
                        "end_time", Json.of("2025-10-27T10:05:00Z"),
                        "parts",
                            Json.parse(
                                "[[0,\"2025-10-27T10:03:00Z\"],[8,\"2025-10-27T10:04:00Z\"],"
                                    + "[16,\"2025-10-27T10:05:00Z\"]]")))));
  }

  @Test
  void noWindowSpansTwoChannels() {
    var both = new ArrayList<>(messages("one", 0, 3));
    both.addAll(messages("two", 3, 5));
    assertThat(Cuts.texts(cut(ChatWindows.DEFAULTS, both)))
        .containsExactly("ada: m0\nada: m1\nada: m2", "ada: m3\nada: m4");
  }

  @Test
  void aMessageThatIsTooLongIsCut() {
    var windows = new ChatWindows(2, 1, 16);
    Block long1 = message("c", "ada", "one two three four five");
    assertThat(Cuts.texts(cut(windows, List.of(long1))))
        .containsExactly("ada: one two", "three four five");
  }

  @Test
  void emptyMessagesAndAuthorsLeaveNoTrace() {
    assertThat(
            Cuts.texts(
                cut(
                    ChatWindows.DEFAULTS,
                    List.of(message("c", "ada", " \n"), message("c", "", "joined")))))
        .containsExactly("joined");
  }

  @Test
  void windowsThatMakeNoSenseAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new ChatWindows(2, 2, 100));
    assertThatIllegalArgumentException().isThrownBy(() -> new ChatWindows(0, 0, 100));
    assertThatIllegalArgumentException().isThrownBy(() -> new ChatWindows(2, -1, 100));
    assertThatIllegalArgumentException().isThrownBy(() -> new ChatWindows(2, 1, 15));
  }

  @Property
  void everyMessageIsToldAndAsManyAreSharedAsAsked(
      @ForAll @IntRange(min = 1, max = 12) int size,
      @ForAll @IntRange(max = 11) int share,
      @ForAll @IntRange(max = 60) int count) {
    int shared = Math.min(share, size - 1);
    List<ChunkDraft> chunks = cut(new ChatWindows(size, shared, 4000), messages("c", 0, count));
    int told = 0;
    for (ChunkDraft chunk : chunks) {
      List<String> lines = chunk.text().lines().toList();
      int first = Math.max(0, told - shared);
      assertThat(lines)
          .hasSizeLessThanOrEqualTo(size)
          .isEqualTo(
              IntStream.range(first, first + lines.size()).mapToObj(i -> "ada: m" + i).toList());
      assertThat(first + lines.size()).isGreaterThan(told);
      told = first + lines.size();
    }
    assertThat(told).isEqualTo(count);
  }

  private static List<ChunkDraft> cut(ChatWindows windows, List<Block> blocks) {
    var chunks = new ArrayList<ChunkDraft>();
    Chunking chunking = new ChatChunker(windows).begin(chunks::add);
    blocks.forEach(chunking);
    chunking.finish();
    return chunks;
  }

  private static List<Block> messages(String channel, int from, int to) {
    return IntStream.range(from, to)
        .<Block>mapToObj(i -> new Block.ChatMessage("ada", at(i), "m" + i, place(channel, at(i))))
        .toList();
  }

  private static Block message(String channel, String author, String text) {
    return new Block.ChatMessage(author, START, text, place(channel, START));
  }

  private static Place place(String channel, Instant at) {
    return new Place(new Locator.Messages(channel, at, at), List.of("Export"), -1, -1);
  }

  private static Instant at(int minute) {
    return START.plusSeconds(60L * minute);
  }
}
