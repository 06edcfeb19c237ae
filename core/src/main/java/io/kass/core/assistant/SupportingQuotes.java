package io.kass.core.assistant;

import io.kass.core.chunking.Sentences;
import io.kass.ports.assistant.Citation;
import io.kass.ports.assistant.Passage;
import io.kass.ports.index.Chunk;
import io.kass.ports.index.Sentence;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Resolves the markers of an answer to the words that they rest on: of each cited passage, the
 * sentence that shares most with what the answer says there.
 */
final class SupportingQuotes {
  private static final Pattern MARKERS = Pattern.compile("(?:\\[\\d{1,3}\\])+");
  private static final String ENDS = ".!?。！？\n";

  private SupportingQuotes() {}

  /**
   * The citations of an answer, by number.
   *
   * @param text the answer
   * @param cited the numbers in it, from 1
   * @param shown the passages that they number
   */
  static List<Citation> of(String text, SortedSet<Integer> cited, List<Passage> shown) {
    var citations = new ArrayList<Citation>(cited.size());
    for (int number : cited) {
      Passage passage = shown.get(number - 1);
      Chunk chunk = passage.chunk().chunk();
      Sentences.Span span = best(terms(claims(text, number)), passage);
      citations.add(
          new Citation(
              number,
              chunk.key(),
              chunk.document(),
              QuotePlaces.of(chunk, span.begin(), span.end()),
              span.of(chunk.passage())));
    }
    return citations;
  }

  /** What the answer says where it names a passage. */
  private static String claims(String text, int number) {
    var claims = new StringBuilder();
    Matcher markers = MARKERS.matcher(text);
    while (markers.find()) {
      if (markers.group().contains("[" + number + "]")) {
        claims.append(text, claimBegin(text, markers.start()), markers.start()).append('\n');
      }
    }
    return claims.toString();
  }

  private static int claimBegin(String text, int marker) {
    int begin = marker;
    // A marker may follow the full stop of its sentence.
    while (begin > 0 && (ENDS + " ").indexOf(text.charAt(begin - 1)) >= 0) {
      begin--;
    }
    while (begin > 0 && ENDS.indexOf(text.charAt(begin - 1)) < 0) {
      begin--;
    }
    return begin;
  }

  private static Sentences.Span best(Set<String> claim, Passage passage) {
    String text = passage.chunk().chunk().passage();
    Sentences.Span best = new Sentences.Span(0, text.length());
    double most = 0;
    for (Sentences.Span span : spans(passage, text)) {
      Set<String> terms = terms(span.of(text));
      int size = terms.size() + claim.size();
      terms.retainAll(claim);
      double share = size == 0 ? 0 : 2.0 * terms.size() / size;
      if (share > most) {
        best = span;
        most = share;
      }
    }
    return best;
  }

  private static List<Sentences.Span> spans(Passage passage, String text) {
    List<Sentence> kept = passage.chunk().sentences();
    return kept.isEmpty()
        ? Sentences.split(text)
        : kept.stream().map(s -> new Sentences.Span(s.begin(), s.end())).toList();
  }

  /** Words of alphabets, pairs of other signs. */
  private static Set<String> terms(String text) {
    var terms = new HashSet<String>();
    String plain = text.toLowerCase(Locale.ROOT);
    int i = 0;
    while (i < plain.length()) {
      if (!Character.isLetterOrDigit(plain.charAt(i))) {
        i++;
        continue;
      }
      int end = i + 1;
      if (plain.charAt(i) >= 0x2e80) {
        if (end < plain.length() && Character.isLetterOrDigit(plain.charAt(end))) {
          terms.add(plain.substring(i, end + 1));
        }
      } else {
        while (end < plain.length()
            && plain.charAt(end) < 0x2e80
            && Character.isLetterOrDigit(plain.charAt(end))) {
          end++;
        }
        terms.add(plain.substring(i, end));
      }
      i = end;
    }
    return terms;
  }
}
