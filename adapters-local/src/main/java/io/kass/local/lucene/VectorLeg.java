package io.kass.local.lucene;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.KnnVectorValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.LongHeap;
import org.apache.lucene.util.NumericUtils;
import org.jspecify.annotations.Nullable;

/** Finds the nearest vectors: among all of them up to a limit, by the graph above it. */
final class VectorLeg {
  private final int exactLimit;
  private final int graphCandidates;

  VectorLeg(LuceneConfig config) {
    exactLimit = config.exactLimit();
    graphCandidates = config.graphCandidates();
  }

  /**
   * The nearest chunks, nearest first, with their cosines.
   *
   * @param unit what they are near to, of unit length
   * @param filter which chunks count, null for all
   */
  List<Scored> search(Snapshot snapshot, float[] unit, int limit, @Nullable Query filter)
      throws IOException {
    return snapshot.vectors() <= exactLimit
        ? compareAll(snapshot, unit, limit, filter)
        : askGraph(snapshot, unit, limit, filter);
  }

  private List<Scored> askGraph(Snapshot snapshot, float[] unit, int limit, @Nullable Query filter)
      throws IOException {
    int candidates = Math.max(limit, graphCandidates);
    var query = new KnnFloatVectorQuery(Fields.VECTOR, unit, candidates, filter);
    TopDocs found = snapshot.searcher().search(query, limit);
    List<Scored> nearest = new ArrayList<>(found.scoreDocs.length);
    for (ScoreDoc document : found.scoreDocs) {
      nearest.add(new Scored(document.doc, clamp(2 * document.score - 1)));
    }
    return nearest;
  }

  private static List<Scored> compareAll(
      Snapshot snapshot, float[] unit, int limit, @Nullable Query filter) throws IOException {
    var best = new Best(limit);
    Weight weight =
        filter == null
            ? null
            : snapshot
                .searcher()
                .createWeight(snapshot.searcher().rewrite(filter), ScoreMode.COMPLETE_NO_SCORES, 1);
    for (LeafReaderContext leaf : snapshot.reader().leaves()) {
      FloatVectorValues vectors = leaf.reader().getFloatVectorValues(Fields.VECTOR);
      if (vectors == null || vectors.size() == 0) {
        continue;
      }
      if (weight == null) {
        compareAll(leaf, vectors, unit, best);
      } else {
        Scorer matching = weight.scorer(leaf);
        if (matching != null) {
          compareMatching(leaf, vectors, matching.iterator(), unit, best);
        }
      }
    }
    return best.descending();
  }

  private static void compareAll(
      LeafReaderContext leaf, FloatVectorValues vectors, float[] unit, Best best)
      throws IOException {
    Bits live = leaf.reader().getLiveDocs();
    int size = vectors.size();
    for (int ordinal = 0; ordinal < size; ordinal++) {
      float score = UnitVectors.dot(unit, vectors.vectorValue(ordinal));
      if (score > best.least()) {
        int document = vectors.ordToDoc(ordinal);
        if (live == null || live.get(document)) {
          best.add(leaf.docBase + document, score);
        }
      }
    }
  }

  private static void compareMatching(
      LeafReaderContext leaf,
      FloatVectorValues vectors,
      DocIdSetIterator matching,
      float[] unit,
      Best best)
      throws IOException {
    Bits live = leaf.reader().getLiveDocs();
    KnnVectorValues.DocIndexIterator all = vectors.iterator();
    int document = matching.nextDoc();
    while (document != DocIdSetIterator.NO_MORE_DOCS) {
      int next = all.docID() < document ? all.advance(document) : all.docID();
      if (next == document) {
        if (live == null || live.get(document)) {
          float score = UnitVectors.dot(unit, vectors.vectorValue(all.index()));
          if (score > best.least()) {
            best.add(leaf.docBase + document, score);
          }
        }
        document = matching.nextDoc();
      } else {
        document = next == DocIdSetIterator.NO_MORE_DOCS ? next : matching.advance(next);
      }
    }
  }

  private static double clamp(double cosine) {
    return Math.max(-1, Math.min(1, cosine));
  }

  /** The best so far, of equal ones those with the lower number: score and number in one long. */
  private static final class Best {
    private final LongHeap heap;
    private final int limit;
    private float least = Float.NEGATIVE_INFINITY;

    Best(int limit) {
      this.limit = limit;
      heap = new LongHeap(Math.min(limit, 1024));
    }

    /** Nothing that is no more than this belongs to them. */
    float least() {
      return least;
    }

    void add(int document, float score) {
      long entry =
          ((long) NumericUtils.floatToSortableInt(score) << 32) | (~document & 0xffffffffL);
      if (heap.size() < limit) {
        heap.push(entry);
      } else {
        heap.updateTop(entry);
      }
      if (heap.size() == limit) {
        least = score(heap.top());
      }
    }

    List<Scored> descending() {
      var ascending = new ArrayList<Scored>(heap.size());
      while (heap.size() > 0) {
        long entry = heap.pop();
        ascending.add(new Scored(~(int) entry, clamp(score(entry))));
      }
      return ascending.reversed();
    }

    private static float score(long entry) {
      return NumericUtils.sortableIntToFloat((int) (entry >> 32));
    }
  }
}
