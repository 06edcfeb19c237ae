package io.kass.local.lucene;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Finds what is written as one piece but is no word of a language: error codes, names of settings,
 * classes, files, versions. Each is found whole ({@code err-4021}, {@code com.acme.foo}, {@code
 * c++}), and in the parts that splitting into words would leave together ({@code max}, {@code
 * connections}; {@code user} of {@code getUserName}).
 */
final class Identifiers {
  private static final String CONNECTORS = "_-.:/\\@#$+";

  /** Connectors that splitting into words cuts at anyway. */
  private static final String CUTS = "-/\\@#$+";

  private static final int LONGEST = 128;

  /**
   * One of them.
   *
   * @param text in lower case
   * @param begin offset of its first character in the text searched
   * @param end offset after its last
   */
  record Identifier(String text, int begin, int end) {}

  private Identifiers() {}

  static List<Identifier> find(String text) {
    List<Identifier> found = new ArrayList<>();
    int i = 0;
    while (i < text.length()) {
      if (!isPart(text.charAt(i))) {
        i++;
        continue;
      }
      int begin = i;
      while (i < text.length() && isPart(text.charAt(i))) {
        i++;
      }
      inRun(text, begin, i, found);
    }
    return found;
  }

  private static void inRun(String text, int runBegin, int runEnd, List<Identifier> found) {
    int begin = runBegin;
    while (begin < runEnd && isConnector(text.charAt(begin))) {
      begin++;
    }
    int end = runEnd;
    while (end > begin && isConnector(text.charAt(end - 1)) && !isLanguageName(text, begin, end)) {
      end--;
    }
    boolean connected = false;
    for (int i = begin; i < end && !connected; i++) {
      connected = isConnector(text.charAt(i));
    }
    if (connected && end - begin <= LONGEST) {
      add(text, begin, end, found);
    }
    int segment = begin;
    for (int i = begin; i <= end; i++) {
      if (i == end || CUTS.indexOf(text.charAt(i)) >= 0) {
        parts(text, segment, i, found);
        segment = i + 1;
      }
    }
  }

  /** The parts of a segment that splitting into words leaves whole. */
  private static void parts(String text, int begin, int end, List<Identifier> found) {
    int part = begin;
    for (int i = begin + 1; i <= end; i++) {
      boolean ends = i == end || isConnector(text.charAt(i));
      if (ends || isHump(text, i)) {
        if (i - part >= 2 && i - part < end - begin && i - part <= LONGEST) {
          add(text, part, i, found);
        }
        part = ends ? i + 1 : i;
      }
    }
  }

  /** Where a capital follows a small letter. */
  private static boolean isHump(String text, int i) {
    return Character.isUpperCase(text.charAt(i)) && Character.isLowerCase(text.charAt(i - 1));
  }

  /** A single letter with signs: C++, C#, F#. */
  private static boolean isLanguageName(String text, int begin, int end) {
    char first = text.charAt(begin);
    if (!Character.isLetter(first) || end - begin > 3) {
      return false;
    }
    for (int i = begin + 1; i < end; i++) {
      if (text.charAt(i) != '+' && text.charAt(i) != '#') {
        return false;
      }
    }
    return true;
  }

  private static void add(String text, int begin, int end, List<Identifier> found) {
    found.add(new Identifier(text.substring(begin, end).toLowerCase(Locale.ROOT), begin, end));
  }

  private static boolean isPart(char c) {
    return isConnector(c) || (Character.isLetterOrDigit(c) && !Scripts.isCjk(c));
  }

  private static boolean isConnector(char c) {
    return CONNECTORS.indexOf(c) >= 0;
  }
}
