package io.kass.documents.pdf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Makes text of the lines of a page: blank lines between paragraphs, and lines that were only
 * broken because they were full joined again, so that sentences stay whole. Where in doubt, the
 * line break stays.
 */
final class Paragraphs {
  /** How lines follow each other. */
  private enum Break {
    PARAGRAPH,
    LINE,
    /** The text flows on. */
    NONE
  }

  private static final Pattern LIST_ITEM =
      Pattern.compile(
          "(?:[\\u2022\\u2023\\u25AA\\u25CF\\u25CB\\u25A0\\u25A1\\u25E6\\u30FB*\\u2013\\u2014-]\\s?"
              + "|\\(?[0-9]{1,3}[.)]\\s|\\(?[a-zA-Z][.)]\\s|[\\u2460-\\u2473]).*",
          Pattern.DOTALL);

  /** What running text is at least as wide as, in letter sizes. */
  private static final float LEAST_WIDTH = 12;

  /** Neighbours that are looked at: those of one page, and no more of a page made to be slow. */
  private static final int NEIGHBOURS = 80;

  private final List<PageLine> lines;
  private final Hyphens hyphens;
  private final StringBuilder text = new StringBuilder();

  private Paragraphs(List<PageLine> lines, Hyphens hyphens) {
    this.lines = lines;
    this.hyphens = hyphens;
  }

  /**
   * The text of a page, ending in a line break; empty for no lines.
   *
   * @param hyphens knows the words of the document, and learns those of this page
   */
  static String join(List<PageLine> lines, Hyphens hyphens) {
    if (lines.isEmpty()) {
      return "";
    }
    hyphens.learn(lines);
    return new Paragraphs(lines, hyphens).join();
  }

  private String join() {
    text.append(lines.getFirst().text());
    boolean afterStart = true;
    for (int i = 1; i < lines.size(); i++) {
      Break how = between(i, afterStart);
      switch (how) {
        case PARAGRAPH -> text.append("\n\n");
        case LINE -> text.append('\n');
        case NONE -> hyphens.bridge(text, lines.get(i).text());
      }
      text.append(lines.get(i).text());
      afterStart = how == Break.PARAGRAPH;
    }
    return text.append('\n').toString();
  }

  /**
   * How a line follows the one before.
   *
   * @param afterStart whether the line before begins a paragraph
   */
  private Break between(int index, boolean afterStart) {
    PageLine before = lines.get(index - 1);
    PageLine line = lines.get(index);
    boolean full = isFull(index);
    if (!isSameSize(before, line)) {
      return Break.PARAGRAPH;
    }
    float gap = line.baseline() - before.baseline();
    if (gap <= 0) {
      // Another column, or another corner of the page.
      return full && !endsSentence(before.text()) ? Break.NONE : Break.PARAGRAPH;
    }
    float indent = line.left() - before.left();
    boolean indented = indent > 0.8 * line.size() && !afterStart;
    if (gap > 1.35 * usualGap(index) || indented || line.text().startsWith("\u3000")) {
      return Break.PARAGRAPH;
    }
    boolean outdented = indent < -0.8 * line.size() && !afterStart;
    if (!full || outdented || LIST_ITEM.matcher(line.text()).matches()) {
      return Break.LINE;
    }
    return Break.NONE;
  }

  private static boolean isSameSize(PageLine a, PageLine b) {
    return a.size() < 1.15 * b.size() && b.size() < 1.15 * a.size();
  }

  /**
   * Whether the first word of this line had no room at the end of the line before. The longest line
   * of a list always looks so; hence, where this line does not go on in small letters, another line
   * must reach as far.
   */
  private boolean isFull(int index) {
    PageLine before = lines.get(index - 1);
    PageLine line = lines.get(index);
    int first = line.text().codePointAt(0);
    float space = isEastAsian(first) ? 0 : 0.25f * line.size();
    float edge = 0;
    float nextToEdge = 0;
    int from = Math.max(0, index - NEIGHBOURS / 2);
    int to = Math.min(lines.size(), index + NEIGHBOURS / 2);
    for (PageLine other : lines.subList(from, to)) {
      if (isSameSize(other, before) && Math.abs(other.left() - before.left()) < 3 * other.size()) {
        nextToEdge = Math.max(nextToEdge, Math.min(edge, other.right()));
        edge = Math.max(edge, other.right());
      }
    }
    // Short lines under each other are a list.
    boolean wide = edge - before.left() > LEAST_WIDTH * before.size();
    boolean likely =
        Character.isLowerCase(first) || isEastAsian(first) || nextToEdge > edge - 3 * before.size();
    return wide
        && likely
        && !before.text().endsWith(":")
        && before.right() + space + line.firstWord() > edge;
  }

  /** How far apart the lines around this one stand within their paragraphs: the lower quartile. */
  private float usualGap(int index) {
    PageLine line = lines.get(index);
    var gaps = new ArrayList<Float>();
    int from = Math.max(1, index - NEIGHBOURS / 2);
    int to = Math.min(lines.size(), index + NEIGHBOURS / 2);
    for (int i = from; i < to; i++) {
      float gap = lines.get(i).baseline() - lines.get(i - 1).baseline();
      boolean comparable =
          isSameSize(lines.get(i - 1), lines.get(i)) && isSameSize(lines.get(i), line);
      if (comparable && gap > 0 && gap < 4 * line.size()) {
        gaps.add(gap);
      }
    }
    if (gaps.size() < 3) {
      return 1.25f * line.size();
    }
    Float[] sorted = gaps.toArray(Float[]::new);
    Arrays.sort(sorted);
    return sorted[sorted.length / 4];
  }

  private static boolean endsSentence(String text) {
    return text.matches("(?s).*[.!?:\\u3002\\uFF01\\uFF1F\\uFF0E][\\p{Pe}\\p{Pf}\"']*");
  }

  /** Whether it belongs to a script that is written without spaces. */
  static boolean isEastAsian(int codePoint) {
    return (codePoint >= 0x3000 && codePoint <= 0x30FF)
        || (codePoint >= 0xFF00 && codePoint <= 0xFF9F)
        || Character.UnicodeScript.of(codePoint) == Character.UnicodeScript.HAN;
  }
}
