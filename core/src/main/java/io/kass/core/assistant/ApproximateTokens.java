package io.kass.core.assistant;

/**
 * Estimates tokens where the model's own counter is not known: three characters of alphabetic
 * scripts, or one of any other, make one. High for prose, which has four or more to a token; code
 * and digits have about three.
 */
final class ApproximateTokens {
  private ApproximateTokens() {}

  static int count(CharSequence text) {
    int narrow = 0;
    int wide = 0;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < 0x0590) {
        narrow++;
      } else {
        wide++;
      }
    }
    return (narrow + 2) / 3 + wide;
  }
}
