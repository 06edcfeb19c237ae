package io.kass.core.chunking;

/**
 * Boundaries of what a reader takes for one character (Unicode Standard Annex 29, extended grapheme
 * clusters). The JDK has an iterator for this, but it cannot be asked about a single place, and its
 * answer for Indic conjuncts depends on the JDK; this one answers for a place from the few
 * characters around it.
 */
final class Graphemes {
  private static final int ZERO_WIDTH_JOINER = 0x200D;

  private Graphemes() {}

  /**
   * Whether a boundary lies just before {@code index}.
   *
   * @param from a boundary at or before the index; nothing before it is looked at
   */
  static boolean isBoundary(String text, int from, int index) {
    if (index <= from || index >= text.length()) {
      return true;
    }
    char before = text.charAt(index - 1);
    char after = text.charAt(index);
    // Below the combining marks only CR LF belongs together; this is nearly every case.
    if (before < 0x300 && after < 0x300) {
      return !(before == '\r' && after == '\n');
    }
    if (before == '\n' || before == '\r') {
      return true;
    }
    if (Character.isLowSurrogate(after) && Character.isHighSurrogate(before)) {
      return false;
    }
    return isBoundaryBetween(
        text,
        from,
        index,
        Character.codePointBefore(text, index),
        Character.codePointAt(text, index));
  }

  /**
   * The last boundary in {@code (from, limit]}; where one cluster fills all of it, the last
   * boundary of a code point.
   */
  static int lastBoundary(String text, int from, int limit) {
    for (int i = limit; i > from; i--) {
      if (isBoundary(text, from, i)) {
        return i;
      }
    }
    boolean insidePair =
        limit < text.length()
            && Character.isLowSurrogate(text.charAt(limit))
            && Character.isHighSurrogate(text.charAt(limit - 1));
    return insidePair && limit - 1 > from ? limit - 1 : limit;
  }

  private static boolean isBoundaryBetween(
      String text, int from, int index, int before, int after) {
    if (isControl(before) || isControl(after)) {
      return true;
    }
    if (extendsCluster(after)) {
      return false;
    }
    if (isPrepended(before) || isHangulSyllable(before, after)) {
      return false;
    }
    if (before == ZERO_WIDTH_JOINER && Character.isExtendedPictographic(after)) {
      return !followsPictograph(text, from, index - 1);
    }
    if (isRegionalIndicator(before) && isRegionalIndicator(after)) {
      return regionalIndicatorsBefore(text, from, index) % 2 == 0;
    }
    return !isConjunct(text, from, index, after);
  }

  private static boolean isControl(int c) {
    if (c == 0x200C || c == ZERO_WIDTH_JOINER || isPrepended(c) || (c >= 0xE0020 && c <= 0xE007F)) {
      return false;
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }

  /** Combining marks, joiners, variation selectors, skin tones and tags. */
  private static boolean extendsCluster(int c) {
    if (c < 0x300) {
      return false;
    }
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK ->
          true;
      default ->
          c == 0x200C
              || c == ZERO_WIDTH_JOINER
              || c == 0xE33
              || c == 0xEB3
              || c == 0xFF9E
              || c == 0xFF9F
              || (c >= 0x1F3FB && c <= 0x1F3FF)
              || (c >= 0xE0020 && c <= 0xE007F);
    };
  }

  /** Signs that stand before the character they belong to. */
  private static boolean isPrepended(int c) {
    return (c >= 0x600 && c <= 0x605)
        || c == 0x6DD
        || c == 0x70F
        || c == 0x890
        || c == 0x891
        || c == 0x8E2
        || c == 0xD4E
        || c == 0x110BD
        || c == 0x110CD
        || c == 0x111C2
        || c == 0x111C3
        || c == 0x1193F
        || c == 0x11941
        || c == 0x11A3A
        || (c >= 0x11A84 && c <= 0x11A89)
        || c == 0x11D46
        || c == 0x11F02;
  }

  private static boolean isHangulSyllable(int before, int after) {
    boolean leading = isLeadingJamo(before);
    if (leading) {
      return isLeadingJamo(after) || isVowelJamo(after) || isSyllable(after);
    }
    boolean openSyllable = isSyllable(before) && (before - 0xAC00) % 28 == 0;
    if (openSyllable || isVowelJamo(before)) {
      return isVowelJamo(after) || isTrailingJamo(after);
    }
    return (isSyllable(before) || isTrailingJamo(before)) && isTrailingJamo(after);
  }

  private static boolean isLeadingJamo(int c) {
    return (c >= 0x1100 && c <= 0x115F) || (c >= 0xA960 && c <= 0xA97C);
  }

  private static boolean isVowelJamo(int c) {
    return (c >= 0x1160 && c <= 0x11A7) || (c >= 0xD7B0 && c <= 0xD7C6);
  }

  private static boolean isTrailingJamo(int c) {
    return (c >= 0x11A8 && c <= 0x11FF) || (c >= 0xD7CB && c <= 0xD7FB);
  }

  private static boolean isSyllable(int c) {
    return c >= 0xAC00 && c <= 0xD7A3;
  }

  private static boolean isRegionalIndicator(int c) {
    return c >= 0x1F1E6 && c <= 0x1F1FF;
  }

  /** Whether a pictograph, perhaps with marks, stands just before {@code index}. */
  private static boolean followsPictograph(String text, int from, int index) {
    int i = index;
    while (i > from) {
      int c = Character.codePointBefore(text, i);
      if (Character.isExtendedPictographic(c)) {
        return true;
      }
      if (!extendsCluster(c)) {
        return false;
      }
      i -= Character.charCount(c);
    }
    return false;
  }

  private static int regionalIndicatorsBefore(String text, int from, int index) {
    int count = 0;
    for (int i = index;
        i - 2 >= from && isRegionalIndicator(Character.codePointBefore(text, i)); ) {
      i -= 2;
      count++;
    }
    return count;
  }

  /**
   * Whether a consonant is bound to the one before it by a sign such as the Devanagari virama.
   * Takes any letter for a consonant, which binds a little more than the rule asks.
   */
  private static boolean isConjunct(String text, int from, int index, int after) {
    if (after < 0x900 || !Character.isLetter(after)) {
      return false;
    }
    boolean linked = false;
    int i = index;
    while (i > from) {
      int c = Character.codePointBefore(text, i);
      if (!extendsCluster(c)) {
        return linked && Character.isLetter(c);
      }
      linked |= isLinker(c);
      i -= Character.charCount(c);
    }
    return false;
  }

  private static boolean isLinker(int c) {
    return switch (c) {
      case 0x94D,
          0x9CD,
          0xACD,
          0xB4D,
          0xC4D,
          0xD4D,
          0x1039,
          0x17D2,
          0x1A60,
          0x1BAB,
          0xA9C0,
          0xAAF6,
          0x10A3F,
          0x11133,
          0x113D0,
          0x1193E,
          0x11A47,
          0x11A99,
          0x11F42 ->
          true;
      default -> false;
    };
  }
}
