package io.kass.core.safety;

/**
 * Text as a reader sees it. Characters without a shape (zero width, tags, direction marks,
 * variation selectors, controls) can hold words that a model reads and a person does not.
 */
public final class Visible {
  private Visible() {}

  /** The text without them; the same text where there are none. */
  public static String of(String text) {
    int first = first(text);
    if (first == text.length()) {
      return text;
    }
    var out = new StringBuilder(text.length()).append(text, 0, first);
    text.codePoints()
        .skip(text.codePointCount(0, first))
        .filter(c -> !isHidden(c))
        .forEach(out::appendCodePoint);
    return out.toString();
  }

  private static int first(String text) {
    int i = 0;
    while (i < text.length()) {
      int c = text.codePointAt(i);
      if (isHidden(c)) {
        return i;
      }
      i += Character.charCount(c);
    }
    return i;
  }

  private static boolean isHidden(int c) {
    if (c >= 0x20 && c < 0x7f) {
      return false;
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL -> c != '\n' && c != '\t' && c != '\r';
      case Character.FORMAT, Character.PRIVATE_USE, Character.UNASSIGNED, Character.SURROGATE ->
          true;
      default ->
          (c >= 0xfe00 && c <= 0xfe0f)
              || (c >= 0xe0100 && c <= 0xe01ef)
              || c == 0x034f
              || c == 0x115f
              || c == 0x1160
              || c == 0x3164
              || c == 0xffa0
              || c == 0x2800;
    };
  }
}
