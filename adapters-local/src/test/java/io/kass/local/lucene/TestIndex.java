package io.kass.local.lucene;

import io.kass.ports.Audience;
import io.kass.ports.CallScope;
import io.kass.ports.ContentHash;
import io.kass.ports.Language;
import io.kass.ports.TestScopes;
import io.kass.ports.config.ConfigSection;
import io.kass.ports.document.DocumentId;
import io.kass.ports.embedding.Vector;
import io.kass.ports.index.ChunkQuery;
import io.kass.ports.index.DocumentStamp;
import io.kass.ports.index.Filter;
import io.kass.ports.index.Hit;
import io.kass.ports.index.Legs;
import io.kass.ports.index.Metric;
import io.kass.ports.index.Replacement;
import io.kass.ports.index.StoredChunk;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.lucene.store.FSDirectory;
import org.jspecify.annotations.Nullable;

/** An index in a directory, and short words for using it. */
final class TestIndex implements AutoCloseable {
  static final int DIMENSION = 8;

  private final LuceneChunkIndex index;

  private TestIndex(LuceneChunkIndex index) {
    this.index = index;
  }

  /**
   * Opens one.
   *
   * @param settings keys and values of {@link LuceneConfig}, in turn
   */
  static TestIndex open(Path path, String... settings) {
    return open(path, FSDirectory::open, settings);
  }

  static TestIndex open(Path path, IndexDirectory.Opener opener, String... settings) {
    return new TestIndex(
        new LuceneChunkIndex(
            config(path, settings),
            new IndexIdentity("", "test-model", DIMENSION, Metric.COSINE, "test-chunker"),
            false,
            InstantSource.system(),
            new IndexDirectory(path, opener)));
  }

  static LuceneConfig config(Path path, String... settings) {
    Map<String, String> values = new java.util.HashMap<>();
    for (int i = 0; i < settings.length; i += 2) {
      values.put(settings[i], settings[i + 1]);
    }
    return new ConfigSection("index", values).over(LuceneConfig.in(path));
  }

  LuceneChunkIndex index() {
    return index;
  }

  void replace(String document, String order, StoredChunk... chunks) {
    replace(document, order, Arrays.asList(chunks));
  }

  void replace(String document, String order, List<StoredChunk> chunks) {
    try (Replacement replacement = index.replace(scope(), stamp(document, order))) {
      replacement.add(chunks);
      replacement.commit();
    }
  }

  void put(StoredChunk... chunks) {
    index.put(scope(), List.of(chunks));
  }

  static DocumentStamp stamp(String document, String order) {
    return new DocumentStamp(new DocumentId(document), order, ContentHash.of(document + order));
  }

  Legs search(
      @Nullable String text, Language language, @Nullable Vector vector, int limit, Filter filter) {
    return index.search(
        scope(), new ChunkQuery(Audience.EVERYONE, text, language, vector, limit, filter, false));
  }

  Legs search(String text, Language language) {
    return search(text, language, null, 50, Filter.all());
  }

  /** The texts that the keyword leg finds, best first. */
  List<String> find(String text, Language language) {
    return texts(search(text, language).keyword());
  }

  static List<String> texts(List<Hit> hits) {
    return hits.stream().map(hit -> hit.chunk().chunk().passage()).toList();
  }

  static CallScope scope() {
    return TestScopes.scope();
  }

  @Override
  public void close() {
    index.close();
  }
}
