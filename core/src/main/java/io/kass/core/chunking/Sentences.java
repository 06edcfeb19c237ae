package io.kass.core.chunking;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Splits a chunk into the sentences that an answer may quote. */
public final class Sentences {
  private Sentences() {}

  /** Part of a text: UTF-16 offsets, {@code end} excluded. */
  public record Span(int begin, int end) {}

  /** The sentences of a text, in order, without the white space around them. */
  public static List<Span> split(String text) {
    var spans = new ArrayList<Span>();
    BreakIterator sentences = BreakIterator.getSentenceInstance(Locale.ROOT);
    sentences.setText(text);
    int begin = sentences.first();
    for (int end = sentences.next(); end != BreakIterator.DONE; end = sentences.next()) {
      String sentence = text.substring(begin, end);
      if (!sentence.isBlank()) {
        int lead = sentence.length() - sentence.stripLeading().length();
        spans.add(new Span(begin + lead, begin + sentence.stripTrailing().length()));
      }
      begin = end;
    }
    return spans;
  }
}
