package io.kass.core.evaluation;

import io.kass.ports.document.DocumentId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Where the relevant documents of one question stand among those that a search found. Relevance is
 * yes or no.
 *
 * @param relevant how many relevant documents there are, at least 1
 * @param ranks the ranks of those that were found, ascending, each once, counted from 1
 */
public record Ranking(int relevant, List<Integer> ranks) {
  public Ranking {
    ranks = List.copyOf(ranks);
    if (relevant < 1 || ranks.size() > relevant) {
      throw new IllegalArgumentException(ranks.size() + " of " + relevant + " were found");
    }
    int before = 0;
    for (int rank : ranks) {
      if (rank <= before) {
        throw new IllegalArgumentException("not ascending ranks from 1: " + ranks);
      }
      before = rank;
    }
  }

  /**
   * The ranking of a search.
   *
   * @param found the documents of the passages found, best first; a document counts where it first
   *     stands, and takes one rank however many of its passages were found
   * @param relevant ids of the relevant documents, or ends of their paths ({@code guide/setup.md}
   *     for {@code /home/me/guide/setup.md}); of several documents that one names, the first found
   *     counts
   */
  public static Ranking of(List<DocumentId> found, List<String> relevant) {
    var wanted = new ArrayList<>(new LinkedHashSet<>(relevant));
    int count = wanted.size();
    var ranks = new ArrayList<Integer>();
    int rank = 0;
    for (DocumentId document : new LinkedHashSet<>(found)) {
      rank++;
      for (String name : wanted) {
        if (names(name, document)) {
          wanted.remove(name);
          ranks.add(rank);
          break;
        }
      }
    }
    return new Ranking(count, ranks);
  }

  /** Whether the text is this document's id or the end of its path, cut at a {@code /}. */
  public static boolean names(String text, DocumentId document) {
    String id = document.value();
    return id.endsWith(text)
        && (id.length() == text.length() || id.charAt(id.length() - text.length() - 1) == '/');
  }

  /** The share of the relevant documents among the first {@code k}, from 0 to 1. */
  public double recallAt(int k) {
    return (double) ranks.stream().filter(rank -> rank <= k).count() / relevant;
  }

  /** One over the rank of the first relevant document, or 0 when it is not among {@code k}. */
  public double reciprocalRankAt(int k) {
    return ranks.isEmpty() || ranks.getFirst() > k ? 0 : 1.0 / ranks.getFirst();
  }

  /**
   * Normalised discounted cumulative gain: each relevant document among the first {@code k} counts
   * 1 / log2(1 + rank), over the most that could be reached; from 0 to 1.
   */
  public double ndcgAt(int k) {
    double gained = 0;
    for (int rank : ranks) {
      gained += rank <= k ? discount(rank) : 0;
    }
    double best = 0;
    for (int rank = 1; rank <= Math.min(relevant, k); rank++) {
      best += discount(rank);
    }
    return gained / best;
  }

  private static double discount(int rank) {
    return Math.log(2) / Math.log(1.0 + rank);
  }
}
