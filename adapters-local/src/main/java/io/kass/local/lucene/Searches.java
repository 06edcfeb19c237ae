package io.kass.local.lucene;

import io.kass.ports.Audience;
import io.kass.ports.embedding.Vector;
import io.kass.ports.index.ChunkQuery;
import io.kass.ports.index.Filter;
import io.kass.ports.index.Hit;
import io.kass.ports.index.Legs;
import io.kass.ports.index.StoredChunk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopScoreDocCollectorManager;
import org.jspecify.annotations.Nullable;

/** Answers searches from a snapshot. Thread-safe. */
final class Searches {
  private final LuceneConfig config;
  private final FieldAnalyzer analyzer;
  private final VectorLeg vectorLeg;
  private final int dimension;

  Searches(LuceneConfig config, FieldAnalyzer analyzer, int dimension) {
    this.config = config;
    this.analyzer = analyzer;
    this.dimension = dimension;
    vectorLeg = new VectorLeg(config);
  }

  Legs search(Snapshot snapshot, ChunkQuery query) throws IOException {
    Query filter = filter(snapshot, query);
    Vector vector = query.vector();
    List<Scored> nearest =
        vector == null
            ? List.of()
            : vectorLeg.search(snapshot, UnitVectors.of(vector), query.limit(), filter);
    String text = query.text();
    QueryWords words =
        text == null ? null : new QueryWords(snapshot, config, analyzer, text, query.language());
    List<Scored> matching =
        words == null ? List.of() : matching(snapshot, words.query(), filter, query.limit());
    int[] documents =
        Stream.concat(nearest.stream(), matching.stream())
            .mapToInt(Scored::document)
            .sorted()
            .distinct()
            .toArray();
    List<StoredChunk> chunks = chunks(snapshot, query, documents);
    List<Set<Integer>> contained = words == null ? List.of() : words.contained(documents);
    return new Legs(
        hits(nearest, documents, chunks, contained),
        hits(matching, documents, chunks, contained),
        words == null ? List.of() : words.terms());
  }

  /** What a chunk has to meet; null when all do. */
  private static @Nullable Query filter(Snapshot snapshot, ChunkQuery query) throws IOException {
    boolean all = query.filter() instanceof Filter.All;
    boolean seesAll =
        query.audience().groups().contains(Audience.EVERYONE_GROUP) && snapshot.isForEveryone();
    if (all && seesAll) {
      return null;
    }
    // Even when the caller may see all: what is no chunk has no audience.
    Query visible = FilterQueries.visibleTo(query.audience());
    return all
        ? visible
        : new BooleanQuery.Builder()
            .add(visible, Occur.FILTER)
            .add(FilterQueries.of(query.filter()), Occur.FILTER)
            .build();
  }

  private static List<Scored> matching(
      Snapshot snapshot, @Nullable Query words, @Nullable Query filter, int limit)
      throws IOException {
    if (words == null) {
      return List.of();
    }
    Query query =
        filter == null
            ? words
            : new BooleanQuery.Builder().add(words, Occur.MUST).add(filter, Occur.FILTER).build();
    // Nobody asks how many there are, so those that cannot be among the best are left out.
    var best = new TopScoreDocCollectorManager(limit, 1);
    List<Scored> found = new ArrayList<>();
    for (ScoreDoc document : snapshot.searcher().search(query, best).scoreDocs) {
      found.add(new Scored(document.doc, document.score));
    }
    return found;
  }

  /** The hits of a leg, out of the chunks that both of them found. */
  private static List<Hit> hits(
      List<Scored> leg, int[] documents, List<StoredChunk> chunks, List<Set<Integer>> terms) {
    List<Hit> hits = new ArrayList<>(leg.size());
    for (Scored scored : leg) {
      int at = Arrays.binarySearch(documents, scored.document());
      hits.add(new Hit(chunks.get(at), scored.score(), terms.isEmpty() ? Set.of() : terms.get(at)));
    }
    return hits;
  }

  private List<StoredChunk> chunks(Snapshot snapshot, ChunkQuery query, int[] documents)
      throws IOException {
    var reader = new ChunkReader(snapshot, dimension, false, query.sentences());
    List<StoredChunk> chunks = new ArrayList<>(documents.length);
    for (int document : documents) {
      StoredChunk chunk = reader.read(document);
      if (!query.audience().meets(chunk.chunk().audience())) {
        throw new CorruptIndexException("found a chunk that is not for this caller", "audience");
      }
      chunks.add(chunk);
    }
    return chunks;
  }
}
