package io.kass.ports.index;

import static io.kass.ports.index.ChunkBuilder.chunk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kass.ports.Cursor;
import io.kass.ports.Json;
import io.kass.ports.KeyRange;
import io.kass.ports.Language;
import io.kass.ports.Metadata;
import io.kass.ports.TestScopes;
import io.kass.ports.WriteOutcome;
import io.kass.ports.document.Locator;
import io.kass.ports.document.Place;
import io.kass.ports.embedding.Vector;
import io.kass.ports.error.KassException.Cancelled;
import io.kass.ports.error.KassException.Unavailable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Single chunks: written, fetched, deleted and scanned by key, and coming back as they were. */
abstract class RecordScenarios extends ChunkIndexScenario {
  @Test
  void putsAndGetsByKey() {
    StoredChunk a = chunk("a", "alpha").vector(axis(0)).build();
    StoredChunk b = chunk("b", "beta").build();

    assertThat(index.put(scope(), List.of(b, a))).containsExactly(done(b), done(a));

    eventually(() -> {
      List<StoredChunk> found =
          index.get(scope(), Set.of(a.key(), b.key(), chunk("c", "none").build().key()));
      assertThat(found).containsExactlyInAnyOrder(a, b);
      assertThat(keys(found)).isSorted();
      assertThat(index.get(scope(), Set.of())).isEmpty();
    });
  }

  @Test
  void putReplacesTheChunkOfTheSameKey() {
    StoredChunk first = chunk("a", "alpha").vector(axis(0)).with("n", Json.of(1)).build();
    StoredChunk second = chunk("a", "alpha").vector(axis(1)).with("n", Json.of(2)).build();
    index.put(scope(), List.of(first));
    index.put(scope(), List.of(second));
    index.put(scope(), List.of(second));

    eventually(() -> {
      assertThat(index.get(scope(), Set.of(first.key()))).containsExactly(second);
      assertThat(index.description().chunks()).isEqualTo(1);
    });
  }

  @Test
  void putLeavesNothingOfWhatItReplaces() {
    StoredChunk full =
        chunk("a", "alpha")
            .vector(axis(0))
            .audience("everyone", "staff")
            .with("gone", Json.of("x"))
            .with("nested", new Json.Array(List.of(Json.of(1))))
            .build();
    StoredChunk bare = chunk("a", "alpha").audience("everyone").build();
    for (StoredChunk chunk : List.of(full, bare, full)) {
      index.put(scope(), List.of(chunk));

      eventually(() -> {
        assertThat(index.get(scope(), Set.of(full.key()))).containsExactly(chunk);
        boolean whole = chunk.vector() != null;
        Filter gone = new Filter.Equals("gone", Json.of("x"));
        assertThat(search(null, axis(0), Filter.all()).vector()).hasSize(whole ? 1 : 0);
        assertThat(search(null, axis(0), gone).vector()).hasSize(whole ? 1 : 0);
        assertThat(search(null, axis(0), Filter.all(), "staff").vector()).hasSize(whole ? 1 : 0);
      });
    }
  }

  @Test
  void ofOneKeyTwiceInABatchTheLastStays() {
    StoredChunk first = chunk("a", "alpha").with("n", Json.of(1)).build();
    StoredChunk second = chunk("a", "alpha").with("n", Json.of(2)).build();

    assertThat(index.put(scope(), List.of(first, second))).hasSize(2);

    eventually(() -> assertThat(scan(KeyRange.ALL, false)).containsExactly(second));
  }

  @Test
  void replacingADocumentTakesPutChunksAlong() {
    index.put(scope(), List.of(chunk("a", "put").vector(axis(0)).build()));
    StoredChunk replaced = chunk("a", "replaced").vector(axis(0)).build();
    replace("a", "1", replaced);

    eventually(() -> assertThat(scan(KeyRange.ALL, true)).containsExactly(replaced));
  }

  @Test
  void deletesByKeyAndTellsWhatWasThere() {
    StoredChunk a = chunk("a", "alpha").vector(axis(0)).build();
    StoredChunk b = chunk("a", "beta").vector(axis(0)).build();
    StoredChunk never = chunk("a", "never").build();
    index.put(scope(), List.of(a, b));
    eventually(() -> assertThat(index.get(scope(), Set.of(a.key(), b.key()))).hasSize(2));

    List<WriteOutcome> outcomes = index.delete(scope(), Set.of(a.key(), never.key()));

    assertThat(outcomes)
        .containsExactlyInAnyOrder(done(a), new WriteOutcome.Absent(never.key().hex()));
    assertThat(outcomes.stream().map(WriteOutcome::key)).isSorted();
    eventually(() -> {
      assertThat(scan(KeyRange.ALL, true)).containsExactly(b);
      assertThat(texts(search("alpha beta", axis(0), Filter.all()).vector()))
          .containsExactly("beta");
      assertByWords(search("alpha beta", axis(0), Filter.all()), "beta");
    });
  }

  @Test
  void scansRangesInOrderEachKeyOnce() {
    List<StoredChunk> chunks = new ArrayList<>();
    for (int i = 0; i < 250; i++) {
      chunks.add(chunk("document" + i % 7, "text " + i).vector(axis(i % 8)).build());
    }
    index.put(scope(), chunks);
    eventually(() -> assertThat(index.description().chunks()).isEqualTo(250));

    assertThat(keys(scan(KeyRange.ALL, false)))
        .containsExactlyElementsOf(keys(chunks).stream().sorted().toList());
    assertThat(scan(KeyRange.ALL, true)).containsExactlyInAnyOrderElementsOf(chunks);
    for (KeyRange range :
        List.of(
            new KeyRange("", "0"),
            new KeyRange("4", "5"),
            new KeyRange("7f", "c"),
            new KeyRange("c", null),
            new KeyRange(chunks.get(0).key().hex(), chunks.get(0).key().hex() + "0"),
            new KeyRange("a", "a"))) {
      assertThat(keys(scan(range, false)))
          .as(range.toString())
          .containsExactlyElementsOf(
              keys(chunks).stream().sorted().filter(k -> range.contains(k.hex())).toList());
    }
  }

  @Test
  void scansNothingOfAnEmptyIndex() {
    assertThat(scan(KeyRange.ALL, true)).isEmpty();
    assertThat(index.get(scope(), Set.of(chunk("a", "x").build().key()))).isEmpty();
    assertThat(index.delete(scope(), Set.of(chunk("a", "x").build().key())))
        .containsExactly(new WriteOutcome.Absent(chunk("a", "x").build().key().hex()));
  }

  @Test
  void scansWithoutVectorsAndSentencesWhenTheyAreNotWanted() {
    StoredChunk stored = chunk("a", "Tea is hot.").vector(axis(0)).sentence(0, 11, axis(1)).build();
    replace("a", "1", stored);

    eventually(() ->
        assertThat(scan(KeyRange.ALL, false))
            .containsExactly(new StoredChunk(stored.chunk(), null, List.of())));
  }

  @Test
  void scansEveryLastingKeyOnceWhileOthersComeAndGo() throws Exception {
    List<StoredChunk> lasting = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      lasting.add(chunk("lasting", "text " + i).build());
    }
    index.put(scope(), lasting);
    eventually(() -> assertThat(index.description().chunks()).isEqualTo(300));
    AtomicBoolean over = new AtomicBoolean();
    try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
      Future<?> writer =
          threads.submit(() -> {
            for (int round = 0; !over.get(); round++) {
              List<StoredChunk> passing = new ArrayList<>();
              for (int i = 0; i < 20; i++) {
                passing.add(chunk("passing", "text " + round + " " + i).build());
              }
              replace("passing", String.format("%09d", round), passing);
            }
          });
      try {
        for (int i = 0; i < 5; i++) {
          List<ChunkKey> seen = keys(scan(KeyRange.ALL, false));
          assertThat(seen).isSorted().doesNotHaveDuplicates().containsAll(keys(lasting));
        }
      } finally {
        over.set(true);
      }
      writer.get();
    }
  }

  @Test
  void aCursorStaysGoodWhileEntriesComeAndGo() {
    List<StoredChunk> chunks = new ArrayList<>();
    for (int i = 0; i < 250; i++) {
      chunks.add(chunk("a", "text " + i).build());
    }
    index.put(scope(), chunks);
    eventually(() -> assertThat(index.description().chunks()).isEqualTo(250));
    var first = index.scan(scope(), KeyRange.ALL, Cursor.START, false);
    Cursor next = first.next();
    if (next == null) {
      return; // all of it fits one page of this store
    }
    index.delete(scope(), Set.copyOf(keys(first.items())));
    index = contract().open();

    List<ChunkKey> rest = new ArrayList<>();
    while (next != null) {
      var page = index.scan(scope(), KeyRange.ALL, next, false);
      rest.addAll(keys(page.items()));
      next = page.next();
    }
    List<ChunkKey> expected = new ArrayList<>(keys(chunks));
    expected.removeAll(keys(first.items()));
    assertThat(rest).containsExactlyElementsOf(expected.stream().sorted().toList());
  }

  @Tag("V3")
  @Test
  void returnsTextExactlyAsItWas() {
    List<StoredChunk> chunks = new ArrayList<>();
    for (String text :
        List.of(
            "",
            " ",
            "\n",
            "line\r\nline\rline\u2028line\u0085",
            "tab\tquote\"backslash\\",
            "a\u0000b",
            "e\u0301 \u00e9 \ufb01 \uff21",
            "日本語 한국어 中文 עברית",
            "\ud83d\ude00 \ud83d\udc69\u200d\ud83d\udc69\u200d\ud83d\udc67",
            "\ufeffbom \ufffd \uffff",
            "x".repeat(1 << 20),
            "ä日\ud83d\ude00".repeat(100_000))) {
      chunks.add(chunk("a", text).vector(axis(0)).build());
    }
    chunks.add(chunk("a", null).build());

    assertComesBack(chunks);
  }

  @Tag("V3")
  @Test
  void returnsMetadataExactlyAsItWas() {
    Map<String, Json> nested = new LinkedHashMap<>();
    nested.put("b", new Json.Array(List.of(Json.of(1), new Json.Null(), Json.of("x"))));
    nested.put("a", new Json.Obj(Map.of("deep", new Json.Obj(Map.of()))));
    Map<String, Json> values = new HashMap<>();
    values.put("null", new Json.Null());
    values.put("text", Json.of("red"));
    values.put("empty text", Json.of(""));
    values.put("number text", Json.of("1"));
    values.put("int", Json.of(1));
    values.put("real", Json.of(1.0));
    values.put("most", Json.of(Long.MAX_VALUE));
    values.put("least", Json.of(Long.MIN_VALUE));
    values.put("precise", Json.of(0.1 + 0.2));
    values.put("tiny", Json.of(Double.MIN_VALUE));
    values.put("large", Json.of(Double.MAX_VALUE));
    values.put("minus zero", Json.of(-0.0));
    values.put("true", Json.of(true));
    values.put("false", Json.of(false));
    values.put("array", new Json.Array(List.of(Json.of(1), Json.of(1.0), Json.of(true))));
    values.put("empty array", new Json.Array(List.of()));
    values.put("array of null", new Json.Array(List.of(new Json.Null())));
    values.put("object", new Json.Obj(nested));
    values.put("empty object", new Json.Obj(Map.of()));
    values.put("", Json.of("a field without a name"));
    values.put("日本 \ud83d\ude00 a.b$c", Json.of("\ud83d\ude00\u0000\""));
    values.put("long", Json.of("x".repeat(100_000)));
    StoredChunk full = chunk("a", "full").metadata(Metadata.of(values)).build();
    StoredChunk empty = chunk("a", "empty").build();

    assertComesBack(List.of(full, empty));
    StoredChunk back = index.get(scope(), Set.of(full.key())).get(0);
    assertThat(back.chunk().metadata().canonical()).isEqualTo(full.chunk().metadata().canonical());
    assertThat(back.chunk().metadata().get("missing")).isNull();
  }

  @Test
  void returnsPlaceLanguageAndAudienceExactlyAsTheyWere() {
    Instant noon = Instant.parse("2026-03-01T12:00:00.123456789Z");
    List<StoredChunk> chunks = new ArrayList<>();
    for (Locator locator :
        List.of(
            new Locator.Whole(),
            new Locator.Lines(1, 1),
            new Locator.Pages(3, 2_000_000_000),
            new Locator.Rows("Sheet 1", 2, 9),
            new Locator.Messages("general", noon, noon.plusNanos(1)),
            new Locator.Messages("general", null, null),
            new Locator.Part("Title"))) {
      chunks.add(
          chunk("path/to/日本 file.pdf", locator.toString())
              .place(new Place(locator, List.of("One", "", "Two / 二"), 0, 5_000_000_000L))
              .language(new Language("pt"))
              .audience("everyone", "Gruppe ä", "x y")
              .build());
    }
    chunks.add(chunk("legacy/c/1", "no place").language(Language.UNDETERMINED).build());

    assertComesBack(chunks);
  }

  @Test
  void returnsVectorsBitForBit() {
    Random random = new Random(11);
    List<StoredChunk> chunks = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      chunks.add(chunk("a", "unit " + i).vector(someVector(random)).build());
    }
    chunks.add(
        chunk("a", "odd")
            .vector(-0f, Float.MIN_VALUE, 1e-30f, 0.1f, 1 / 3f, -2.5e10f, 7, Float.MIN_NORMAL)
            .build());
    chunks.add(chunk("a", "none").build());

    assertComesBack(chunks);
  }

  @Test
  void returnsSentencesWithTheirOffsets() {
    Random random = new Random(13);
    List<Sentence> sentences = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      sentences.add(new Sentence(i * 10, i * 10 + 9, i % 7 == 3 ? null : someVector(random)));
    }
    StoredChunk made = chunk("a", "0123456789".repeat(30)).vector(axis(0)).build();
    StoredChunk stored = new StoredChunk(made.chunk(), made.vector(), sentences);
    index.put(scope(), List.of(stored));
    List<Sentence> kept = index.description().sentenceVectors() ? sentences : List.of();

    eventually(() -> {
      List<StoredChunk> found = index.get(scope(), Set.of(stored.key()));
      assertThat(found).hasSize(1);
      assertSentences(found.get(0).sentences(), kept);
      assertSentences(scan(KeyRange.ALL, true).get(0).sentences(), kept);
    });
  }

  @Test
  void stopsWhenCancelledOrLate() {
    Set<ChunkKey> keys = Set.of(chunk("a", "x").build().key());
    List<StoredChunk> chunks = List.of(chunk("a", "x").build());

    assertThatThrownBy(() -> index.put(TestScopes.cancelled(), chunks))
        .isInstanceOf(Cancelled.class);
    assertThatThrownBy(() -> index.delete(TestScopes.expired(), keys))
        .isInstanceOf(Unavailable.class);
    assertThatThrownBy(() -> index.get(TestScopes.cancelled(), keys)).isInstanceOf(Cancelled.class);
    assertThatThrownBy(() -> index.scan(TestScopes.expired(), KeyRange.ALL, Cursor.START, false))
        .isInstanceOf(Unavailable.class);
    assertThat(scan(KeyRange.ALL, false)).isEmpty();
  }

  /** Puts the chunks, opens the index again, and finds them equal in every part. */
  private void assertComesBack(List<StoredChunk> chunks) {
    index.put(scope(), chunks);
    index = contract().open();
    Map<ChunkKey, StoredChunk> expected = new TreeMap<>();
    chunks.forEach(chunk -> expected.put(chunk.key(), chunk));

    eventually(() -> {
      assertEqual(index.get(scope(), expected.keySet()), expected);
      assertEqual(scan(KeyRange.ALL, true), expected);
    });
  }

  private static void assertEqual(List<StoredChunk> found, Map<ChunkKey, StoredChunk> expected) {
    assertThat(keys(found)).containsExactlyElementsOf(expected.keySet());
    for (StoredChunk chunk : found) {
      // Not by assertj's own description: a megabyte of text is no message.
      assertThat(chunk.equals(expected.get(chunk.key())))
          .as("unchanged: " + abbreviated(chunk.chunk().passage()))
          .isTrue();
    }
  }

  private static String abbreviated(String text) {
    return text.length() < 60 ? text : text.substring(0, 60) + "…";
  }

  /** The same sentences, their vectors equal but for their precision. */
  static void assertSentences(List<Sentence> found, List<Sentence> expected) {
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(found.get(i).begin()).isEqualTo(expected.get(i).begin());
      assertThat(found.get(i).end()).isEqualTo(expected.get(i).end());
      Vector kept = found.get(i).vector();
      Vector original = expected.get(i).vector();
      if (kept == null || original == null) {
        assertThat(kept).isEqualTo(original);
      } else {
        assertThat(kept.cosine(original)).isGreaterThanOrEqualTo(0.99);
      }
    }
  }

  private static WriteOutcome done(StoredChunk chunk) {
    return new WriteOutcome.Done(chunk.key().hex());
  }
}
