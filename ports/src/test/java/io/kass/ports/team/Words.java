package io.kass.ports.team;

import java.util.Arrays;
import java.util.Locale;

/** Searching as the in-memory services do it. */
final class Words {
  private Words() {}

  /** Whether the text has all of these words, case apart. */
  static boolean allIn(String words, String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return Arrays.stream(words.toLowerCase(Locale.ROOT).strip().split("\\s+"))
        .allMatch(lower::contains);
  }
}
