package io.kass.core.chunking;

import java.util.List;

/** Cuts one text that arrives in windows. */
interface Cutter {
  /** Takes the next window of the text. */
  void append(String window);

  /** Ends the text. */
  void finish();

  /** Takes the finished chunks of a text. */
  interface Output {
    /**
     * Takes a chunk, in the order of the text.
     *
     * @param begin offset of the chunk in the whole text
     * @param first number of its first line, counted from 0
     * @param last number of its last line
     * @param headings the titles above it that the text itself names
     */
    void chunk(String text, long begin, int first, int last, List<String> headings);
  }
}
