package io.kass.local.lucene;

import io.kass.ports.Language;
import java.util.Locale;

/**
 * Languages that are analysed alike. The words of a chunk are kept in the fields of its family;
 * what its analysis changes (English, Japanese) is also kept as it was written, in {@link #EXACT}.
 */
enum Family {
  /** English, and what is in no known language but in Latin script. */
  ENGLISH,
  /** Japanese. */
  JAPANESE,
  /** Chinese and Korean, and what is in no known language but in their scripts: pairs. */
  PLAIN,
  /** Every other language. */
  OTHER;

  /** The field of words as they were written, for the families whose analysis changes them. */
  static final String EXACT = "exact";

  private final String field = name().toLowerCase(Locale.ROOT);

  /** The field of its texts' words. */
  String body() {
    return field;
  }

  /** The field of the words of headings and file names. */
  String title() {
    return field + ".title";
  }

  /** Whether its words are also in {@link #EXACT}. */
  boolean hasExact() {
    return this == ENGLISH || this == JAPANESE;
  }

  /** The family of a text that is said to be in this language. */
  static Family of(Language language, String text) {
    return switch (language.code()) {
      case "en" -> ENGLISH;
      case "ja" -> JAPANESE;
      case "zh", "ko" -> PLAIN;
      case "und" -> byScript(text);
      default -> OTHER;
    };
  }

  private static Family byScript(String text) {
    boolean pairs = false;
    int limit = Math.min(text.length(), 2_000);
    for (int i = 0; i < limit; i++) {
      char c = text.charAt(i);
      if (Scripts.isKana(c)) {
        return JAPANESE;
      }
      pairs |= Scripts.isCjk(c);
    }
    return pairs ? PLAIN : ENGLISH;
  }
}
