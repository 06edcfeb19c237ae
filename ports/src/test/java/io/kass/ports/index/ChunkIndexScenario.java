package io.kass.ports.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.kass.ports.CallScope;
import io.kass.ports.ContentHash;
import io.kass.ports.Cursor;
import io.kass.ports.Eventually;
import io.kass.ports.KeyRange;
import io.kass.ports.Language;
import io.kass.ports.Page;
import io.kass.ports.TestScopes;
import io.kass.ports.document.DocumentId;
import io.kass.ports.embedding.Vector;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;

/** What the parts of the contract share: an open index, and short words for using it. */
abstract class ChunkIndexScenario {
  protected ChunkIndex index;

  abstract ChunkIndexContract contract();

  @BeforeEach
  void openIndex() {
    index = contract().open();
  }

  static CallScope scope() {
    return TestScopes.scope();
  }

  static DocumentStamp stamp(String document, String order) {
    return new DocumentStamp(new DocumentId(document), order, ContentHash.of(document + order));
  }

  /** Replaces the document's chunks. */
  void replace(String document, String order, StoredChunk... chunks) {
    replace(document, order, List.of(chunks));
  }

  void replace(String document, String order, List<StoredChunk> chunks) {
    try (Replacement replacement = index.replace(scope(), stamp(document, order))) {
      replacement.add(chunks);
      replacement.commit();
    }
  }

  /** Repeats the assertion for as long as this index may hide what was written. */
  void eventually(Eventually.Assertion assertion) {
    Eventually.eventually(index.description().visibilityDelay(), assertion);
  }

  Legs search(@Nullable String text, @Nullable Vector vector, Filter filter, String... groups) {
    return index.search(scope(), query(text, vector, filter, groups));
  }

  static ChunkQuery query(
      @Nullable String text, @Nullable Vector vector, Filter filter, String... groups) {
    return new ChunkQuery(
        io.kass.ports.Audience.of(groups.length == 0 ? List.of("everyone") : List.of(groups)),
        text,
        Language.ENGLISH,
        vector,
        50,
        filter,
        false);
  }

  /** Whether this index has a keyword leg; one that has none leaves it empty. */
  boolean searchesWords() {
    return index.description().modes().contains(SearchMode.KEYWORD);
  }

  /** The legs that this index has; one that it has not is empty. */
  List<List<Hit>> legsOf(Legs legs) {
    if (searchesWords()) {
      return List.of(legs.vector(), legs.keyword());
    }
    assertThat(legs.keyword()).isEmpty();
    return List.of(legs.vector());
  }

  /** The keyword leg found these in this order, if this index has one. */
  void assertByWords(Legs legs, String... texts) {
    assertThat(texts(legs.keyword())).containsExactly(searchesWords() ? texts : new String[0]);
  }

  /** Every chunk of the range, page by page. */
  List<StoredChunk> scan(KeyRange range, boolean vectors) {
    List<StoredChunk> all = new ArrayList<>();
    Cursor cursor = Cursor.START;
    while (cursor != null) {
      Page<StoredChunk> page = index.scan(scope(), range, cursor, vectors);
      all.addAll(page.items());
      cursor = page.next();
    }
    return all;
  }

  static List<String> texts(List<Hit> hits) {
    return hits.stream().map(hit -> hit.chunk().chunk().passage()).toList();
  }

  static List<ChunkKey> keys(List<StoredChunk> chunks) {
    return chunks.stream().map(StoredChunk::key).toList();
  }

  /** A vector of the usual dimension that points along one axis. */
  static Vector axis(int position) {
    float[] values = new float[ChunkIndexContract.DIMENSION];
    values[position] = 1;
    return Vector.adopt(values);
  }

  /** A vector of the usual dimension and unit length, in some direction. */
  static Vector someVector(Random random) {
    float[] values = new float[ChunkIndexContract.DIMENSION];
    double square = 0;
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
      square += (double) values[i] * values[i];
    }
    for (int i = 0; i < values.length; i++) {
      values[i] /= (float) Math.sqrt(square);
    }
    return Vector.adopt(values);
  }
}
