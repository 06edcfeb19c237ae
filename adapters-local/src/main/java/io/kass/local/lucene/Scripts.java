package io.kass.local.lucene;

import java.text.Normalizer;

/** What matters of a character for telling words apart. */
final class Scripts {
  private Scripts() {}

  /** Hiragana and Katakana: written in Japanese only. */
  static boolean isKana(char c) {
    return c >= '\u3041' && c <= '\u30ff' && c != '\u30fb';
  }

  /** Scripts that do not put spaces between words. Those beyond 16 bits count by surrogates. */
  static boolean isCjk(char c) {
    return (c >= '\u2e80' && c <= '\u9fff')
        || (c >= '\uac00' && c <= '\ud7af')
        || (c >= '\u1100' && c <= '\u11ff')
        || (c >= '\uf900' && c <= '\ufaff')
        || (c >= '\ud840' && c <= '\ud88c');
  }

  /**
   * The text in the form that words are compared in: full-width letters and digits, half-width
   * Katakana, ligatures and detached accents as the usual characters (NFKC).
   */
  static String folded(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC);
      }
    }
    return text;
  }
}
