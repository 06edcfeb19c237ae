package io.kass.core.chunking;

import io.kass.ports.chat.TokenCounter;

/**
 * What sizes in tokens are counted by.
 *
 * @param name names the way of counting in the ids of chunkers, such as {@code cl100k_base}
 * @param counter counts
 */
public record TokenMeasure(String name, TokenCounter counter) {
  /** Four characters to a token: what English text has on average. */
  public static final TokenMeasure APPROXIMATE =
      new TokenMeasure("approximate", text -> (text.length() + 3) / 4);
}
