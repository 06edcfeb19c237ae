package io.kass.local.chroma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.kass.devservices.ChromaServer;
import io.kass.ports.Audience;
import io.kass.ports.ContentHash;
import io.kass.ports.Cursor;
import io.kass.ports.Json;
import io.kass.ports.KeyRange;
import io.kass.ports.Language;
import io.kass.ports.Metadata;
import io.kass.ports.Page;
import io.kass.ports.TestScopes;
import io.kass.ports.WriteOutcome;
import io.kass.ports.document.DocumentId;
import io.kass.ports.document.Locator;
import io.kass.ports.embedding.Vector;
import io.kass.ports.error.KassException.Misconfigured;
import io.kass.ports.index.ChunkBuilder;
import io.kass.ports.index.ChunkKey;
import io.kass.ports.index.ChunkQuery;
import io.kass.ports.index.DocumentStamp;
import io.kass.ports.index.Filter;
import io.kass.ports.index.Hit;
import io.kass.ports.index.Metric;
import io.kass.ports.index.Replacement;
import io.kass.ports.index.StoredChunk;
import io.kass.ports.ledger.InMemoryLedger;
import io.kass.ports.ledger.Ledger;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Collections as the legacy application left them, on the real server. */
@ExtendWith(ChromaExtension.class)
class LegacyCollectionTest {
  private static final String THREE_VECTORS = "[[1, 0, 0], [0, 2, 0], [0.3, -0.1, 7e-20]]";

  private final Ledger ledger = new InMemoryLedger(InstantSource.system());
  private final List<AutoCloseable> open = new ArrayList<>();
  @TempDir private Path temporary;
  private ChromaServer server;

  @BeforeEach
  void use(ChromaServer shared) {
    server = shared;
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable closeable : open) {
      closeable.close();
    }
  }

  private TestCollection collection(String space) throws Exception {
    TestCollection collection = TestCollection.create(server, space);
    open.add(collection);
    return collection;
  }

  private ChromaChunkIndex index(TestCollection collection) {
    return index(collection, 3, false);
  }

  private ChromaChunkIndex index(TestCollection collection, int dimension, boolean readOnly) {
    var index =
        new ChromaChunkIndex(
            TestCollection.config(server, collection.name(), false),
            new ChromaConnection.Wanted("voyage-2", dimension, null, "legacy"),
            readOnly,
            InstantSource.system(),
            ledger,
            temporary);
    open.add(index);
    return index;
  }

  @Tag("V3")
  @Tag("F24")
  @Test
  void readsTextsAndMetadataAsTheyAre() throws Exception {
    TestCollection collection = collection("l2");
    collection.add(
        "[\"doc_0\", \"doc_1\", \"doc_2\"]",
        THREE_VECTORS,
        "[\"日本語 \\ud83d\\ude00 a\\u0000b\", null, \"\"]",
        """
        [{"source": "code", "language": "java", "whole": 9007199254740993, "real": 0.5,
          "one": 1.0, "yes": true, "document": "x", "": "empty name"}, null, {"n": -1}]
        """);
    ChromaChunkIndex index = index(collection);

    Map<String, StoredChunk> found = byLegacyId(scan(index, true));

    Map<String, Json> values = new HashMap<>();
    values.put("source", Json.of("code"));
    values.put("language", Json.of("java"));
    values.put("whole", Json.of(9_007_199_254_740_993L));
    values.put("real", Json.of(0.5));
    values.put("one", Json.of(1.0));
    values.put("yes", Json.of(true));
    values.put("document", Json.of("x"));
    values.put("", Json.of("empty name"));
    Metadata metadata = Metadata.of(values);
    StoredChunk first = at(found, "doc_0");
    assertThat(first.chunk().text()).isEqualTo("日本語 \ud83d\ude00 a\u0000b");
    assertThat(first.chunk().metadata())
        .isEqualTo(metadata.with(LegacyRecords.ID, Json.of("doc_0")));
    assertThat(first.key())
        .isEqualTo(ChunkKey.legacy(collection.name(), "doc_0", first.chunk().text(), metadata));
    assertThat(first.chunk().document().value())
        .isEqualTo("legacy/" + collection.name() + "/doc_0");
    assertThat(first.chunk().audience()).isEqualTo(Audience.EVERYONE);
    assertThat(first.chunk().language()).isEqualTo(Language.UNDETERMINED);
    assertThat(at(found, "doc_1").chunk().text()).isNull();
    assertThat(at(found, "doc_1").key())
        .isEqualTo(ChunkKey.legacy(collection.name(), "doc_1", null, Metadata.EMPTY));
    assertThat(at(found, "doc_2").chunk().text()).isEmpty();
    assertThat(index.get(TestScopes.scope(), Set.of(first.key()))).containsExactly(first);
  }

  @Test
  void readsVectorsBitForBitUnlessTheServerScalesThem() throws Exception {
    for (String space : List.of("l2", "ip")) {
      TestCollection collection = collection(space);
      collection.add(
          "[\"a\", \"b\", \"c\"]",
          "[[0.1, 1e-45, -0.0], [3.4028234e38, 0.333333343, 7], [-1.17549435e-38, 2.5e10, 1]]",
          "[\"a\", \"b\", \"c\"]",
          "[null, null, null]");

      Map<String, StoredChunk> found = byLegacyId(scan(index(collection), true));

      assertThat(at(found, "a").vector()).isEqualTo(Vector.of(0.1f, Float.MIN_VALUE, -0f));
      assertThat(at(found, "b").vector()).isEqualTo(Vector.of(Float.MAX_VALUE, 1 / 3f, 7));
      assertThat(at(found, "c").vector()).isEqualTo(Vector.of(-Float.MIN_NORMAL, 2.5e10f, 1));
    }
    TestCollection scaled = collection("cosine");
    scaled.add("[\"a\"]", "[[3, 4, 0]]", "[\"a\"]", "[null]");
    Vector unit = at(byLegacyId(scan(index(scaled), true)), "a").vector();
    assertThat(unit).isNotNull();
    assertThat(unit.cosine(Vector.of(3, 4, 0))).isCloseTo(1, within(1e-6));
  }

  @Tag("F23")
  @Test
  void carriesTheMetricAcrossAndComparesByCosine() throws Exception {
    Map<String, Metric> metrics =
        Map.of(
            "l2", Metric.SQUARED_EUCLIDEAN,
            "cosine", Metric.COSINE,
            "ip", Metric.DOT_PRODUCT);
    Map<String, List<Double>> distances =
        Map.of("l2", List.of(0.16, 5.0), "cosine", List.of(0.0, 1.0), "ip", List.of(0.4, 1.0));
    for (String space : metrics.keySet()) {
      TestCollection collection = collection(space);
      collection.add(
          "[\"near\", \"across\"]", "[[0.6, 0, 0], [0, 2, 0]]", "[\"n\", \"a\"]", "[null, null]");
      ChromaChunkIndex index = index(collection);

      List<Hit> hits = search(index, Vector.of(1, 0, 0), Filter.all());

      assertThat(index.description().metric()).isEqualTo(metrics.get(space));
      assertThat(legacyIds(hits)).as(space).containsExactly("near", "across");
      assertThat(hits.get(0).score()).as(space).isCloseTo(1, within(1e-6));
      assertThat(hits.get(1).score()).as(space).isCloseTo(0, within(1e-6));
      for (int i = 0; i < 2; i++) {
        assertThat(hits.get(i).distance().orElseThrow())
            .as(space)
            .isCloseTo(distances.getOrDefault(space, List.of()).get(i), within(1e-6));
      }
    }
  }

  @Test
  void tellsDocumentsAndPlacesWhereTheMetadataDoes() throws Exception {
    TestCollection collection = collection("l2");
    collection.add(
        "[\"doc_0\", \"doc_1\", \"doc_2\"]",
        THREE_VECTORS,
        "[\"row\", \"sheet\", \"talk\"]",
        """
        [{"source": "excel", "file": "設計/画面.xlsx", "sheet": "一覧", "type": "row",
          "row_number": 7, "total_rows": 9},
         {"source": "excel", "file": "設計/画面.xlsx", "sheet": "一覧", "type": "full_sheet",
          "chunk_index": 0},
         {"source": "slack", "channel": "general", "start_time": "1700000000.5",
          "end_time": "2024-01-02T03:04:05+09:00", "message_count": 10}]
        """);

    Map<String, StoredChunk> found = byLegacyId(scan(index(collection), false));

    assertThat(at(found, "doc_0").chunk().document().value()).isEqualTo("設計/画面.xlsx");
    assertThat(at(found, "doc_0").chunk().place().locator())
        .isEqualTo(new Locator.Rows("一覧", 7, 7));
    assertThat(at(found, "doc_1").chunk().place().locator()).isEqualTo(new Locator.Part("一覧"));
    assertThat(at(found, "doc_2").chunk().place().locator())
        .isEqualTo(
            new Locator.Messages(
                "general",
                Instant.ofEpochSecond(1_700_000_000L, 500_000_000),
                Instant.parse("2024-01-01T18:04:05Z")));
  }

  @Test
  void filtersByItsMetadata() throws Exception {
    TestCollection collection = collection("l2");
    collection.add(
        "[\"a\", \"b\", \"c\"]",
        THREE_VECTORS,
        "[\"a\", \"b\", \"c\"]",
        """
        [{"source": "excel", "file": "x/1.xlsx", "n": 1}, {"source": "code", "n": 1.0}, null]
        """);
    ChromaChunkIndex index = index(collection);
    Filter code = new Filter.Equals("source", Json.of("code"));

    assertFinds(index, code, "b");
    assertFinds(index, new Filter.Not(code), "a", "c");
    assertFinds(index, new Filter.Equals("n", Json.of(1)), "a", "b");
    assertFinds(index, new Filter.Range("source", Json.of("d"), null), "a");
    assertFinds(index, Filter.documentsUnder("x/"), "a");
    assertFinds(index, Filter.documentsUnder("legacy/"), "b", "c");
    assertFinds(index, new Filter.Equals(Filter.DOCUMENT, Json.of("x/1.xlsx")), "a");
    assertFinds(
        index,
        new Filter.Equals(Filter.DOCUMENT, Json.of("legacy/" + collection.name() + "/c")),
        "c");
  }

  @Test
  void asksForMoreUntilThereAreEnough() throws Exception {
    TestCollection collection = collection("l2");
    var ids = new ArrayList<Json>();
    var texts = new ArrayList<Json>();
    var vectors = new ArrayList<Json>();
    var metadatas = new ArrayList<Json>();
    for (int i = 0; i < 300; i++) {
      ids.add(Json.of("doc_" + i));
      texts.add(Json.of("text"));
      vectors.add(new Json.Array(List.of(Json.of(1), Json.of(i / 1000.0), Json.of(0))));
      metadatas.add(new Json.Obj(Map.of("word", Json.of(i < 298 ? "b" : "z"))));
    }
    collection.add(text(ids), text(vectors), text(texts), text(metadatas));

    assertFinds(
        index(collection), new Filter.Range("word", Json.of("m"), null), "doc_298", "doc_299");
  }

  @Test
  void readsRecordsWhoseVectorsHaveNoDirection() throws Exception {
    TestCollection collection = collection("l2");
    collection.add(
        "[\"fine\", \"endless\", \"zero\"]",
        "[[1, 0, 0], [1e39, 0, 0], [0, 0, 0]]",
        "[\"f\", \"e\", \"z\"]",
        "[null, null, null]");
    ChromaChunkIndex index = index(collection);

    Map<String, StoredChunk> found = byLegacyId(scan(index, true));

    assertThat(at(found, "fine").vector()).isEqualTo(Vector.of(1, 0, 0));
    assertThat(at(found, "endless").vector()).isNull();
    assertThat(at(found, "zero").vector()).isNull();
    assertFinds(index, Filter.all(), "fine");
  }

  @Tag("F16")
  @Tag("M11")
  @Test
  void refusesAModelOfAnotherDimension() throws Exception {
    TestCollection collection = collection("l2");
    collection.add("[\"a\"]", "[[1, 0, 0]]", "[\"a\"]", "[null]");
    ChromaChunkIndex index = index(collection, 384, false);

    assertThatThrownBy(index::description)
        .isInstanceOf(Misconfigured.class)
        .hasMessageContainingAll("3", "384", "EMBEDDING_PROVIDER", collection.name());
  }

  @Test
  void leavesTheRecordsAloneWhenItReads() throws Exception {
    TestCollection collection = filled();
    Json before = collection.everything();
    ChromaChunkIndex index = index(collection, 3, true);

    scan(index, true);
    search(index, Vector.of(1, 0, 0), Filter.all());
    index.description();

    assertThat(collection.everything()).isEqualTo(before);
  }

  private TestCollection filled() throws Exception {
    TestCollection collection = collection("l2");
    collection.add(
        "[\"doc_0\", \"doc_1\", \"doc_2\"]",
        THREE_VECTORS,
        "[\"one\", \"two\", \"three\"]",
        "[{\"file\": \"a.xlsx\"}, {\"file\": \"b.xlsx\"}, {\"source\": \"code\"}]");
    return collection;
  }

  @Test
  void replacesAndRemovesADocumentWithTheRecordsThatItHad() throws Exception {
    TestCollection collection = filled();
    ChromaChunkIndex index = index(collection);
    StoredChunk made = ChunkBuilder.chunk("a.xlsx", "new").vector(0, 0, 1).build();

    replace(index, "a.xlsx", "1", made);

    assertThat(scan(index, true)).contains(made).hasSize(3);
    assertThat(byLegacyId(scan(index, false))).containsOnlyKeys("doc_1", "doc_2");
    assertThat(index.description().chunks()).isEqualTo(3);

    String own = "legacy/" + collection.name() + "/doc_2";
    assertThat(index.remove(TestScopes.scope(), stamp(own, "1"))).isTrue();
    assertThat(index.remove(TestScopes.scope(), stamp("a.xlsx", "2"))).isTrue();

    assertThat(byLegacyId(scan(index, false))).containsOnlyKeys("doc_1");
    assertThat(collection.everything().get("ids")).isEqualTo(Json.ofTexts(List.of("doc_1")));
  }

  @Test
  void keepsSingleRecordsOfTheLegacyApplication() throws Exception {
    TestCollection collection = filled();
    Json before = collection.everything();
    ChromaChunkIndex index = index(collection);
    StoredChunk record = at(byLegacyId(scan(index, true)), "doc_0");

    List<WriteOutcome> outcomes = new ArrayList<>();
    outcomes.addAll(index.put(TestScopes.scope(), List.of(record)));
    outcomes.addAll(index.delete(TestScopes.scope(), Set.of(record.key())));

    assertThat(outcomes)
        .hasSize(2)
        .allMatch(outcome -> outcome instanceof WriteOutcome.Failed failed && !failed.passing());
    assertThat(collection.everything()).isEqualTo(before);
  }

  @Tag("M10")
  @Test
  void noticesThatTheCollectionChangesWhileAScanRuns() throws Exception {
    TestCollection collection = large(1_200);
    ChromaChunkIndex index = index(collection);
    scan(index, true);
    String quiet = index.description().revision();
    scan(index, true);
    assertThat(index.description().revision()).isEqualTo(quiet);

    Page<StoredChunk> first = index.scan(TestScopes.scope(), KeyRange.ALL, Cursor.START, true);
    collection.delete("[\"doc_5\"]");
    collection.add("[\"doc_later\"]", "[[0, 0, 1]]", "[\"later\"]", "[null]");
    List<StoredChunk> rest = rest(index, first.next(), true);

    assertThat(index.description().revision()).isNotEqualTo(quiet);
    assertThat(first.items().size() + rest.size()).isBetween(1_199, 1_200);
  }

  @Test
  void goesOnWithAScanThatAnotherProcessBegan() throws Exception {
    TestCollection collection = large(1_200);
    List<ChunkKey> all = keys(scan(index(collection), true));
    Page<StoredChunk> first =
        index(collection).scan(TestScopes.scope(), KeyRange.ALL, Cursor.START, true);

    List<ChunkKey> found = new ArrayList<>(keys(first.items()));
    found.addAll(keys(rest(index(collection), first.next(), true)));

    assertThat(found).isSorted().hasSize(1_200).isEqualTo(all);
  }

  private TestCollection large(int count) throws Exception {
    TestCollection collection = collection("l2");
    var ids = new ArrayList<Json>();
    var vectors = new ArrayList<Json>();
    var nulls = new ArrayList<Json>();
    for (int i = 0; i < count; i++) {
      ids.add(Json.of("doc_" + i));
      vectors.add(new Json.Array(List.of(Json.of(1), Json.of(i), Json.of(0))));
      nulls.add(new Json.Null());
    }
    collection.add(text(ids), text(vectors), text(ids), text(nulls));
    return collection;
  }

  private static String text(List<Json> items) {
    return new Json.Array(items).canonical();
  }

  private static void assertFinds(ChromaChunkIndex index, Filter filter, String... legacyIds) {
    assertThat(legacyIds(search(index, Vector.of(1, 0, 0), filter)))
        .as(filter.toString())
        .containsExactlyInAnyOrder(legacyIds);
  }

  private static List<Hit> search(ChromaChunkIndex index, Vector vector, Filter filter) {
    var query =
        new ChunkQuery(Audience.EVERYONE, null, Language.UNDETERMINED, vector, 10, filter, false);
    return index.search(TestScopes.scope(), query).vector();
  }

  private static List<String> legacyIds(List<Hit> hits) {
    return hits.stream().map(hit -> legacyId(hit.chunk())).toList();
  }

  private static String legacyId(StoredChunk chunk) {
    return chunk.chunk().metadata().get(LegacyRecords.ID) instanceof Json.Text(String id) ? id : "";
  }

  private static Map<String, StoredChunk> byLegacyId(List<StoredChunk> chunks) {
    var byId = new TreeMap<String, StoredChunk>();
    chunks.forEach(chunk -> byId.put(legacyId(chunk), chunk));
    byId.remove("");
    return byId;
  }

  private static StoredChunk at(Map<String, StoredChunk> found, String legacyId) {
    StoredChunk chunk = found.get(legacyId);
    if (chunk == null) {
      throw new AssertionError("no " + legacyId + " in " + found.keySet());
    }
    return chunk;
  }

  private static List<ChunkKey> keys(List<StoredChunk> chunks) {
    return chunks.stream().map(StoredChunk::key).toList();
  }

  private static List<StoredChunk> scan(ChromaChunkIndex index, boolean vectors) {
    return rest(index, Cursor.START, vectors);
  }

  private static List<StoredChunk> rest(
      ChromaChunkIndex index, @Nullable Cursor from, boolean vectors) {
    List<StoredChunk> all = new ArrayList<>();
    Cursor cursor = from;
    while (cursor != null) {
      Page<StoredChunk> page = index.scan(TestScopes.scope(), KeyRange.ALL, cursor, vectors);
      all.addAll(page.items());
      cursor = page.next();
    }
    return all;
  }

  private static void replace(
      ChromaChunkIndex index, String document, String order, StoredChunk... chunks) {
    try (Replacement replacement = index.replace(TestScopes.scope(), stamp(document, order))) {
      replacement.add(List.of(chunks));
      replacement.commit();
    }
  }

  private static DocumentStamp stamp(String document, String order) {
    return new DocumentStamp(new DocumentId(document), order, ContentHash.of(document + order));
  }
}
