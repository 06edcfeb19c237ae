package io.kass.ports;

/**
 * The order of texts that every store agrees on: that of their bytes in UTF-8, which is that of
 * their code points. {@link String#compareTo} differs where a character outside of the basic plane
 * (an emoji) meets one of U+E000 to U+FFFF.
 */
public final class Bytewise {
  private static final char REPLACEMENT = '\uFFFD';

  private Bytewise() {}

  /**
   * Whether the text has half of a character (a surrogate without its other half). UTF-8 has no
   * bytes for it, so that two such texts may become one: no name may have it.
   */
  public static boolean hasHalfCharacter(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        boolean pair =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!pair) {
          return true;
        }
        i++;
      }
    }
    return false;
  }

  /** The text with a replacement character for each half character, which UTF-8 cannot hold. */
  public static String whole(String text) {
    if (!hasHalfCharacter(text)) {
      return text;
    }
    var out = new StringBuilder(text);
    for (int i = 0; i < out.length(); i++) {
      if (Character.isSurrogatePair(out.charAt(i), i + 1 < out.length() ? out.charAt(i + 1) : 0)) {
        i++;
      } else if (Character.isSurrogate(out.charAt(i))) {
        out.setCharAt(i, REPLACEMENT);
      }
    }
    return out.toString();
  }

  /** Negative, 0 or positive as {@code a} comes before, with or after {@code b}. */
  public static int compare(String a, String b) {
    int shorter = Math.min(a.length(), b.length());
    for (int i = 0; i < shorter; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        // Surrogates stand for code points above all others; so only they change places.
        return Character.isSurrogate(x) == Character.isSurrogate(y)
            ? Character.compare(x, y)
            : (Character.isSurrogate(x) ? 1 : -1);
      }
    }
    return Integer.compare(a.length(), b.length());
  }
}
