package io.kass.ports.index;

import io.kass.ports.index.Legs.QueryTerm;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * BM25 (k1 1.2, b 0.75) over lower-case words, computed afresh for each search. Runs of Chinese,
 * Japanese and Korean characters count as their pairs. Headings count as text.
 */
final class WordRanking {
  private static final double K1 = 1.2;
  private static final double B = 0.75;

  private final Map<ChunkKey, List<String>> words = new HashMap<>();
  private final List<QueryTerm> terms = new ArrayList<>();
  private final double averageLength;

  WordRanking(Collection<StoredChunk> chunks, String query) {
    for (StoredChunk stored : chunks) {
      String headings = String.join(" ", stored.chunk().place().headings());
      words.put(stored.key(), split(headings + " " + stored.chunk().passage()));
    }
    averageLength = words.values().stream().mapToInt(List::size).average().orElse(0);
    for (String word : new LinkedHashSet<>(split(query))) {
      long containing = words.values().stream().filter(w -> w.contains(word)).count();
      terms.add(QueryTerm.of(word, containing, chunks.size()));
    }
  }

  List<QueryTerm> terms() {
    return terms;
  }

  /** Positions of the query's words that the chunk contains. */
  Set<Integer> contained(StoredChunk chunk) {
    Set<Integer> contained = new TreeSet<>();
    for (int i = 0; i < terms.size(); i++) {
      if (words.getOrDefault(chunk.key(), List.of()).contains(terms.get(i).text())) {
        contained.add(i);
      }
    }
    return contained;
  }

  /** 0 when the chunk contains no word of the query. */
  double score(StoredChunk chunk) {
    List<String> own = words.getOrDefault(chunk.key(), List.of());
    double score = 0;
    for (QueryTerm term : terms) {
      double frequency = Collections.frequency(own, term.text());
      double length = K1 * (1 - B + B * own.size() / averageLength);
      score += frequency == 0 ? 0 : term.idf() * frequency / (frequency + length);
    }
    return score;
  }

  private static List<String> split(String text) {
    List<String> found = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    int previous = -1;
    for (int c : text.toLowerCase(Locale.ROOT).codePoints().toArray()) {
      if (isCjk(c)) {
        flush(word, found);
        if (previous >= 0) {
          found.add(Character.toString(previous) + Character.toString(c));
        }
        previous = c;
        continue;
      }
      previous = -1;
      if (Character.isLetterOrDigit(c)) {
        word.appendCodePoint(c);
      } else {
        flush(word, found);
      }
    }
    flush(word, found);
    return found;
  }

  private static void flush(StringBuilder word, List<String> found) {
    if (!word.isEmpty()) {
      found.add(word.toString());
      word.setLength(0);
    }
  }

  private static boolean isCjk(int c) {
    return switch (Character.UnicodeScript.of(c)) {
      case HAN, HIRAGANA, KATAKANA, HANGUL -> true;
      default -> false;
    };
  }
}
