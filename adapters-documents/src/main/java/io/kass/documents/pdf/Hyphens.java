package io.kass.documents.pdf;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Joins lines that were broken because they were full. A hyphen at the end of a line goes where the
 * joined word stands elsewhere in the document so far, so that no word is written that is not
 * there; otherwise it stays, as in "well-known".
 */
final class Hyphens {
  /** Bounds the memory; a document that has more words loses no text. */
  private static final int MOST_WORDS = 200_000;

  private static final int SOFT = '\u00AD';
  private static final Pattern WORD = Pattern.compile("\\p{L}{4,40}");
  private static final Pattern LAST = Pattern.compile("(\\p{L}{2,40})[-\\u2010]$");
  private static final Pattern FIRST = Pattern.compile("^(\\p{Ll}\\p{L}{1,40})");

  private final Set<String> words = new HashSet<>();

  /** Takes in the words of a page, but not the parts of those that a line end divides. */
  void learn(List<PageLine> lines) {
    boolean divided = false;
    for (PageLine line : lines) {
      String text = line.text();
      boolean divides = LAST.matcher(text).find();
      Matcher matcher = WORD.matcher(text);
      while (matcher.find() && words.size() < MOST_WORDS) {
        boolean firstPart = divides && matcher.end() >= text.length() - 1;
        boolean lastPart = divided && matcher.start() == 0;
        if (!firstPart && !lastPart) {
          words.add(matcher.group().toLowerCase(Locale.ROOT));
        }
      }
      divided = divides;
    }
  }

  /**
   * Prepares a text for what follows it: takes a hyphen away, adds a space, or leaves it.
   *
   * @param text not empty
   * @param next not empty
   */
  void bridge(StringBuilder text, String next) {
    int end = text.length();
    if (text.charAt(end - 1) == SOFT) {
      text.setLength(end - 1);
      return;
    }
    Matcher last = LAST.matcher(text).region(Math.max(0, end - 64), end);
    Matcher first = FIRST.matcher(next);
    if (last.find() && first.find()) {
      String joined = last.group(1) + first.group(1);
      if (words.contains(joined.toLowerCase(Locale.ROOT))) {
        text.setLength(end - 1);
      }
      return;
    }
    boolean spaced =
        !Paragraphs.isEastAsian(text.codePointBefore(end))
            && !Paragraphs.isEastAsian(next.codePointAt(0));
    if (spaced) {
      text.append(' ');
    }
  }
}
