package io.kass.local.sql;

import io.kass.ports.Bytewise;

/** Texts as databases can keep them. */
public final class Texts {
  private static final char REPLACEMENT = '\uFFFD';

  private Texts() {}

  /** The text with a replacement character for each half character, which UTF-8 cannot hold. */
  public static String whole(String text) {
    if (!Bytewise.hasHalfCharacter(text)) {
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

  /** The same, for a database whose texts cannot hold NUL either. */
  public static String withoutNul(String text) {
    return whole(text).replace('\0', REPLACEMENT);
  }
}
