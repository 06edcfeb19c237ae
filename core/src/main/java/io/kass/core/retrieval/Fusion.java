package io.kass.core.retrieval;

import io.kass.ports.assistant.Passage;
import io.kass.ports.embedding.Vector;
import io.kass.ports.index.ChunkKey;
import io.kass.ports.index.Hit;
import io.kass.ports.index.Legs;
import io.kass.ports.index.Sentence;
import io.kass.ports.index.StoredChunk;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes one list of two legs by their scores. A chunk is as near to the question as the mean of
 * itself and its nearest sentence; nearness is stretched from 0 (the last of the leg) to 1 (the
 * first), keyword scores are divided by the best one, and both are added by weight. Measured
 * against reciprocal rank fusion and other weights in docs/decisions/0022-retrieval.md.
 */
final class Fusion {
  /** The share of the vector leg; the keyword leg has the rest. */
  static final double VECTOR_SHARE = 0.6;

  private static final Comparator<Passage> BEST_FIRST =
      Comparator.comparingDouble(Passage::score)
          .reversed()
          .thenComparing(passage -> passage.chunk().key());

  private Fusion() {}

  /**
   * The chunks of both legs, best first, scores from 0 to 1; equal scores are ordered by key.
   *
   * @param query what the vector leg was searched with, or null when it was not
   */
  static List<Passage> fuse(Legs legs, @Nullable Vector query) {
    Map<ChunkKey, Double> near = stretched(nearness(legs.vector(), query));
    Map<ChunkKey, Double> matching = shares(legs.keyword());
    double vectorShare = near.isEmpty() ? 0 : matching.isEmpty() ? 1 : VECTOR_SHARE;
    var chunks = new LinkedHashMap<ChunkKey, StoredChunk>();
    legs.vector().forEach(hit -> chunks.put(hit.chunk().key(), hit.chunk()));
    legs.keyword().forEach(hit -> chunks.putIfAbsent(hit.chunk().key(), hit.chunk()));
    var passages = new ArrayList<Passage>(chunks.size());
    chunks.forEach((key, chunk) ->
        passages.add(
            new Passage(
                chunk,
                vectorShare * near.getOrDefault(key, 0.0)
                    + (1 - vectorShare) * matching.getOrDefault(key, 0.0))));
    passages.sort(BEST_FIRST);
    return passages;
  }

  /** The cosine of the question to a chunk's nearest sentence; absent when it has no vectors. */
  static @Nullable Double nearestSentence(StoredChunk chunk, Vector query) {
    Double best = null;
    for (Sentence sentence : chunk.sentences()) {
      Vector vector = sentence.vector();
      if (vector != null) {
        double cosine = query.dot(vector);
        best = best == null ? cosine : Math.max(best, cosine);
      }
    }
    return best;
  }

  /** How near each hit of the vector leg is: the mean of its own cosine and its best sentence's. */
  static Map<ChunkKey, Double> nearness(List<Hit> hits, @Nullable Vector query) {
    var near = new HashMap<ChunkKey, Double>();
    for (Hit hit : hits) {
      Double sentence = query == null ? null : nearestSentence(hit.chunk(), query);
      near.put(hit.chunk().key(), sentence == null ? hit.score() : (hit.score() + sentence) / 2);
    }
    return near;
  }

  private static Map<ChunkKey, Double> stretched(Map<ChunkKey, Double> scores) {
    double least = scores.values().stream().mapToDouble(d -> d).min().orElse(0);
    double most = scores.values().stream().mapToDouble(d -> d).max().orElse(0);
    scores.replaceAll((key, score) -> most > least ? (score - least) / (most - least) : 1.0);
    return scores;
  }

  private static Map<ChunkKey, Double> shares(List<Hit> hits) {
    double most = hits.stream().mapToDouble(Hit::score).max().orElse(0);
    var shares = new HashMap<ChunkKey, Double>();
    for (Hit hit : hits) {
      shares.put(hit.chunk().key(), most > 0 ? hit.score() / most : 1.0);
    }
    return shares;
  }
}
