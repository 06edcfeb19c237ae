package io.kass.core.chunking;

import io.kass.ports.document.SourceType;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the sentences of a chunk that can be quoted. Items of lists, rows of tables and lines of
 * code are quoted one by one; titles, marks around code, heads of tables and lines without a letter
 * or digit are nothing to quote.
 *
 * <p>Where a sentence ends in plain text: at a full stop, question or exclamation mark and white
 * space, unless the stop belongs to an abbreviation, an initial or a number; in Japanese and
 * Chinese at 。！？ and the brackets that close with them. A line break does not end a sentence if it
 * seems to be there for the line's length only.
 */
public final class Sentences {
  /** What is shorter says little without its neighbour: {@code Yes.} */
  private static final int SHORT = 8;

  /** The same in scripts that put no spaces between words: はい。 */
  private static final int SHORT_UNSPACED = 5;

  /** What is longer is split at clauses. */
  private static final int LONG = 400;

  /** Names how sentences are found; changes whenever some text would be split differently. */
  public static final String ID = "sentences-1";

  private Sentences() {}

  /**
   * A part of a text.
   *
   * @param begin offset of its first UTF-16 code unit
   * @param end offset after its last code unit
   */
  public record Span(int begin, int end) {
    public Span {
      if (begin < 0 || end <= begin) {
        throw new IllegalArgumentException("not a span: " + begin + ".." + end);
      }
    }

    /** What the text says here. */
    public String of(String text) {
      return text.substring(begin, end);
    }
  }

  /** The sentences of a text that may be Markdown: plain text hardly ever looks like it. */
  public static List<Span> split(String text) {
    return split(SourceType.MARKDOWN, text);
  }

  /**
   * The sentences of a text, in order, with no white space around them and no marker of a list or
   * quotation before them.
   *
   * @param type what the text was cut from: only Markdown has headings, tables and code within
   */
  public static List<Span> split(SourceType type, String text) {
    var sentences = new ArrayList<Span>();
    var units =
        new QuotableUnits(type, text, (begin, end) -> splitUnit(text, begin, end, sentences));
    units.find();
    return List.copyOf(sentences);
  }

  private static void splitUnit(String text, int begin, int end, List<Span> sentences) {
    int first = sentences.size();
    int start = begin;
    for (int i = begin + 1; i <= end; i++) {
      boolean ends =
          i == end
              || (SentenceEnds.mayEnd(text.charAt(i - 1)) && SentenceEnds.isEnd(text, begin, i));
      if (ends && (i == end || Graphemes.isBoundary(text, begin, i))) {
        add(text, start, i, sentences, first);
        start = i;
      }
    }
  }

  private static void add(String text, int from, int to, List<Span> sentences, int first) {
    int begin = Characters.skipBlanks(text, from, to);
    int end = Characters.trimEnd(text, begin, to);
    if (begin == end) {
      return;
    }
    if (sentences.size() > first && isShort(text, sentences.getLast(), begin, end)) {
      begin = sentences.removeLast().begin();
    }
    while (end - begin > LONG) {
      int cut = clauseEnd(text, begin, begin + LONG);
      sentences.add(new Span(begin, Characters.trimEnd(text, begin, cut)));
      begin = Characters.skipBlanks(text, cut, end);
    }
    if (begin < end) {
      sentences.add(new Span(begin, end));
    }
  }

  /** Whether the sentence before or this one is too short to stand alone. */
  private static boolean isShort(String text, Span before, int begin, int end) {
    return before.end() - before.begin() < shortest(text, before.begin())
        || end - begin < shortest(text, begin);
  }

  private static int shortest(String text, int begin) {
    return Characters.isUnspaced(text.charAt(begin)) ? SHORT_UNSPACED : SHORT;
  }

  /** Where to split what is too long: after the last clause, word or character that fits. */
  private static int clauseEnd(String text, int begin, int limit) {
    for (int i = limit; i > begin + LONG / 2; i--) {
      if (isClauseEnd(text.charAt(i - 1), text.charAt(i)) && Graphemes.isBoundary(text, begin, i)) {
        return i;
      }
    }
    int word = Breaks.lastWordEnd(text, begin, begin + LONG / 2, limit);
    return word >= 0 ? word : Graphemes.lastBoundary(text, begin, limit);
  }

  private static boolean isClauseEnd(char before, char after) {
    return switch (before) {
      case ',', ';', ':', '|' -> Characters.isBlank(after);
      default -> Characters.isUnspacedComma(before);
    };
  }
}
