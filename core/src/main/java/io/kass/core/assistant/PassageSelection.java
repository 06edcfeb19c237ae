package io.kass.core.assistant;

import io.kass.ports.assistant.Passage;
import io.kass.ports.chat.TokenCounter;
import io.kass.ports.document.DocumentId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Chooses what a model is shown of what was found: nothing twice, not all from one document, and no
 * more than fits.
 */
final class PassageSelection {
  /** Each passage from a document lets the next one from it count for so much. */
  private static final double SAME_DOCUMENT = 0.9;

  /** From this share of common runs of characters on, two passages say the same. */
  private static final double SAME = 0.8;

  /** How long those runs are, and which part of them is compared: one of so many. */
  private static final int RUN = 8;

  private static final int SAMPLED = 8;

  private PassageSelection() {}

  /**
   * The passages to show, best first, at least one where there is any.
   *
   * @param found best first
   * @param most how many at the most
   * @param tokens how many tokens they may have together
   */
  static List<Passage> of(List<Passage> found, int most, int tokens, TokenCounter counter) {
    var left = new ArrayList<>(found);
    var shown = new ArrayList<Passage>(most);
    var prints = new ArrayList<long[]>(most);
    Map<DocumentId, Double> weights = new HashMap<>();
    int room = tokens;
    while (!left.isEmpty() && shown.size() < most) {
      Passage best = best(left, weights);
      left.remove(best);
      String text = best.chunk().chunk().passage();
      long[] print = print(text);
      if (prints.stream().anyMatch(other -> isSame(print, other))) {
        continue;
      }
      room -= counter.count(text);
      if (room < 0 && !shown.isEmpty()) {
        break;
      }
      shown.add(best);
      prints.add(print);
      weights.merge(best.chunk().chunk().document(), SAME_DOCUMENT, (a, b) -> a * b);
    }
    return shown;
  }

  private static Passage best(List<Passage> passages, Map<DocumentId, Double> weights) {
    Passage best = passages.getFirst();
    double score = Double.NEGATIVE_INFINITY;
    for (Passage passage : passages) {
      double own = passage.score() * weights.getOrDefault(passage.chunk().chunk().document(), 1.0);
      if (own > score) {
        best = passage;
        score = own;
      }
    }
    return best;
  }

  /**
   * A sample of a text's runs of letters and digits, by their hashes: which ones are in it depends
   * on the runs alone, so texts that share most runs share most of the sample. Sorted, each once.
   */
  private static long[] print(String text) {
    var hashes = new long[text.length() + 1];
    int count = 0;
    long hash = 0;
    int length = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isLetterOrDigit(c)) {
        // Eight bits a character: after eight more, nothing is left of the first.
        hash = (hash << RUN) + Character.toLowerCase(c) * 0x9e3779b97f4a7c15L % 251;
        long mixed = hash * 0xff51afd7ed558ccdL;
        if (++length >= RUN && (mixed >>> 32) % SAMPLED == 0) {
          hashes[count++] = mixed;
        }
      }
    }
    if (count == 0) {
      // Too short for a sample: all of it.
      hashes[count++] = hash;
    }
    long[] print = Arrays.copyOf(hashes, count);
    Arrays.sort(print);
    return print;
  }

  private static boolean isSame(long[] a, long[] b) {
    int both = 0;
    int i = 0;
    int j = 0;
    while (i < a.length && j < b.length) {
      if (a[i] == b[j]) {
        both++;
        i++;
        j++;
      } else if (a[i] < b[j]) {
        i++;
      } else {
        j++;
      }
    }
    return both >= SAME * (a.length + b.length - both);
  }
}
