package io.kass.core.chunking;

import io.kass.ports.error.KassException.InvalidRequest;

/** How running text is cut, and which chunks are made of sheets. */
sealed interface ChunkingMode {
  /** By what each document is. */
  record Kass() implements ChunkingMode {}

  /** The same, and all that the legacy system made of sheets. */
  record Legacy() implements ChunkingMode {}

  /** Plain text by sentences, all else by what it is. */
  record BySentences(ChunkSizes sizes) implements ChunkingMode {}

  /** All running text by paragraphs. */
  record Recursive(ChunkSizes sizes) implements ChunkingMode {}

  /** All running text as LangChain cuts it. */
  record LangChain(ChunkSizes sizes) implements ChunkingMode {}

  /**
   * The mode that a text names.
   *
   * @throws InvalidRequest when there is none; the message says which there are
   */
  static ChunkingMode of(String mode) {
    if (mode.equals(ChunkingSettings.DEFAULT_MODE)) {
      return new Kass();
    } else if (mode.equals("legacy")) {
      return new Legacy();
    }
    int colon = mode.indexOf(':');
    String name = colon < 0 ? "" : mode.substring(0, colon);
    String sizes = mode.substring(colon + 1);
    return switch (name) {
      case "sentences" -> new BySentences(ChunkingSettings.sizes(mode, sizes));
      case "recursive" -> new Recursive(ChunkingSettings.sizes(mode, sizes));
      case "langchain" -> new LangChain(ChunkingSettings.sizes(mode, sizes));
      default ->
          throw new InvalidRequest(
              "There is no chunking '"
                  + mode
                  + "'. It is one of 'kass', 'legacy', 'sentences:SIZE/OVERLAP',"
                  + " 'recursive:SIZE/OVERLAP' and 'langchain:SIZE/OVERLAP', such as"
                  + " 'langchain:1000/200'.");
    };
  }
}
