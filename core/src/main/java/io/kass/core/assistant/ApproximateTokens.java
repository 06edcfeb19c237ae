package io.kass.core.assistant;

/**
 * Estimates tokens where the model's own counter is not known: four characters of alphabetic
 * scripts, or one of any other, make one. Errs on the high side for both.
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
    return (narrow + 3) / 4 + wide;
  }
}
