package io.kass.local.chroma;

import io.kass.local.chroma.ChromaConnection.Opened;
import io.kass.ports.CallScope;
import io.kass.ports.Json;
import io.kass.ports.embedding.Vector;
import io.kass.ports.error.KassException.Unavailable;
import io.kass.ports.index.ChunkKey;
import io.kass.ports.index.ChunkQuery;
import io.kass.ports.index.FilterMatch;
import io.kass.ports.index.Hit;
import io.kass.ports.index.Legs;
import io.kass.ports.index.StoredChunk;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Searches by vector. The server orders by its own metric, and that order is kept; each hit is held
 * to the filter, the audience and the generations on our side, and more are asked for until there
 * are enough. Thread-safe.
 */
final class ChromaSearch {
  private static final int ATTEMPTS = 100;
  private static final int GROWTH = 4;
  private static final int BATCH = 250;
  private static final List<String> WITH_DISTANCES = List.of("documents", "metadatas", "distances");
  private static final List<String> WITH_EMBEDDINGS =
      List.of("documents", "metadatas", "distances", "embeddings");

  private final ChromaClient client;
  private final ChromaReader reader;
  private volatile Generations.@Nullable View last;

  ChromaSearch(ChromaClient client, ChromaReader reader) {
    this.client = client;
    this.reader = reader;
  }

  Legs search(CallScope scope, Opened opened, ChunkQuery query, Vector vector) {
    for (int i = 0; i < ATTEMPTS; i++) {
      Generations.View view = opened.generations().view(scope, last);
      last = view;
      List<Hit> hits = hits(scope, opened, view, query, vector);
      if (view.isCurrent(scope)) {
        return new Legs(hits, List.of(), List.of());
      }
    }
    throw new Unavailable("The collection is being changed all the time; try again.");
  }

  private List<Hit> hits(
      CallScope scope, Opened opened, Generations.View view, ChunkQuery query, Vector vector) {
    FilterClauses.Asked clause =
        new FilterClauses(opened.collection().api(), !view.isUntouched())
            .hits(query.filter(), query.audience());
    if (clause instanceof FilterClauses.Never) {
      return List.of();
    }
    Json where = clause instanceof FilterClauses.Where(Json asked) ? asked : null;
    List<String> include =
        opened.collection().space().tellsCosine() ? WITH_DISTANCES : WITH_EMBEDDINGS;
    int count = query.limit();
    while (true) {
      List<ChromaRecord> found =
          client.query(scope, opened.collection(), vector, count, where, include);
      boolean all = found.size() < count;
      if (all) {
        found = complete(scope, opened, vector, where, found);
      }
      List<Hit> hits = hits(scope, opened, view, query, vector, found);
      if (all || hits.size() >= query.limit()) {
        return hits;
      }
      count = (int) Math.min((long) count * GROWTH, Integer.MAX_VALUE);
    }
  }

  /**
   * All that there is, when the server brought less than it was asked for. Its graph does not lead
   * everywhere: of many equal vectors and one other, a search with a condition that only the other
   * meets may find nothing. What is missing is compared here.
   */
  private List<ChromaRecord> complete(
      CallScope scope,
      Opened opened,
      Vector vector,
      @Nullable Json where,
      List<ChromaRecord> found) {
    if (where == null && client.count(scope, opened.collection()) <= found.size()) {
      return found;
    }
    Set<String> missing = new LinkedHashSet<>();
    client
        .get(scope, opened.collection(), null, where, 0, ChromaClient.NOTHING)
        .forEach(record -> missing.add(record.id()));
    found.forEach(record -> missing.remove(record.id()));
    List<ChromaRecord> all = new ArrayList<>(found);
    List<String> ids = List.copyOf(missing);
    for (int i = 0; i < ids.size(); i += BATCH) {
      List<String> some = ids.subList(i, Math.min(ids.size(), i + BATCH));
      for (ChromaRecord record :
          client.get(scope, opened.collection(), some, null, 0, ChromaClient.ALL)) {
        Vector embedding = record.embedding();
        if (embedding != null && embedding.dimension() == vector.dimension()) {
          all.add(at(record, opened.collection().space().distance(vector, embedding)));
        }
      }
    }
    all.sort(Comparator.comparingDouble(ChromaRecord::distance));
    return all;
  }

  private static ChromaRecord at(ChromaRecord record, double distance) {
    return new ChromaRecord(
        record.id(), record.document(), record.metadata(), record.embedding(), distance);
  }

  private List<Hit> hits(
      CallScope scope,
      Opened opened,
      Generations.View view,
      ChunkQuery query,
      Vector vector,
      List<ChromaRecord> found) {
    Set<ChunkKey> seen = new HashSet<>();
    List<Hit> hits = new ArrayList<>();
    for (ChromaRecord record : found) {
      if (hits.size() == query.limit()) {
        break;
      }
      if (record.metadata().get(OwnRecords.EMPTY) != null || Double.isNaN(record.distance())) {
        continue;
      }
      StoredChunk stored = reader.chunk(scope, view, record, false);
      Vector embedding = record.embedding();
      boolean near = opened.collection().space().tellsCosine() || embedding != null;
      if (stored == null
          || !near
          || !query.audience().meets(stored.chunk().audience())
          || !FilterMatch.test(query.filter(), stored.chunk())
          || !seen.add(stored.key())) {
        continue;
      }
      double score =
          embedding == null ? Space.cosine(record.distance()) : Space.cosine(vector, embedding);
      hits.add(new Hit(stored, score, Set.of(), OptionalDouble.of(record.distance())));
    }
    return hits;
  }
}
