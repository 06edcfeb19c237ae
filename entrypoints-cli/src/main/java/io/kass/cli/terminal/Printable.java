package io.kass.cli.terminal;

/**
 * Makes text of unknown origin harmless to a terminal. Escape sequences could recolour, move or
 * retitle it; direction overrides and invisible characters could show a text as what it is not.
 * Each such character becomes a visible one ({@code ESC} shows as {@code ␛}); those that only hide
 * things disappear. What remains reads the same.
 */
public final class Printable {
  private Printable() {}

  /** The text with its line breaks: {@code \n} and tabs stay, {@code \r\n} becomes {@code \n}. */
  public static String text(String text) {
    var out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (c == '\r' && i < text.length() && text.charAt(i) == '\n') {
        continue;
      }
      if (c == '\n' || c == '\t') {
        out.append((char) c);
      } else {
        append(c, out);
      }
    }
    return out.toString();
  }

  /** The text on one line: each run of white space becomes one space. */
  public static String line(String text) {
    return text(text).replaceAll("\\s+", " ").strip();
  }

  private static void append(int c, StringBuilder out) {
    if (c < 0x20) {
      out.append((char) (0x2400 + c));
    } else if (c == 0x7F) {
      out.append('␡');
    } else if ((c >= 0x80 && c < 0xA0) || Character.getType(c) == Character.SURROGATE) {
      out.append('\uFFFD');
    } else if (c == 0x2028 || c == 0x2029) {
      out.append(' ');
    } else if (!hides(c)) {
      out.appendCodePoint(c);
    }
  }

  /**
   * Characters that show nothing and change what else is shown: direction controls, tags,
   * zero-width spaces. Joiners stay, since scripts and emoji need them.
   */
  private static boolean hides(int c) {
    return (c >= 0x202A && c <= 0x202E)
        || (c >= 0x2060 && c <= 0x206F)
        || (c >= 0xE0000 && c <= 0xE007F)
        || (c >= 0xFFF9 && c <= 0xFFFB)
        || c == 0x200B
        || c == 0x200E
        || c == 0x200F
        || c == 0x061C
        || c == 0x00AD
        || c == 0xFEFF;
  }
}
