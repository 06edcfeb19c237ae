package io.kass.core.chunking;

/**
 * How many messages of a conversation make a chunk.
 *
 * @param messages how many at most; at least 1
 * @param shared how many of them the next chunk begins with; fewer than {@code messages}
 * @param longest how many UTF-16 code units a chunk has at most; what is longer is cut as running
 *     text; at least 16
 */
public record ChatWindows(int messages, int shared, int longest) {
  /** What the legacy system did, but that very long messages are cut. */
  public static final ChatWindows DEFAULTS = new ChatWindows(10, 2, 4000);

  public ChatWindows {
    if (messages < 1 || shared < 0 || shared >= messages || longest < 16) {
      throw new IllegalArgumentException(
          "a window holds more messages than it shares, and 16 characters: "
              + messages
              + "/"
              + shared
              + "/"
              + longest);
    }
  }

  /** As ids show them: {@code 10/2/4000}. */
  @Override
  public String toString() {
    return messages + "/" + shared + "/" + longest;
  }
}
