package io.kass.core.chunking;

import java.util.function.Consumer;

/**
 * Cuts exactly where LangChain's {@code RecursiveCharacterTextSplitter} for Python cuts with its
 * default separators, so that a knowledge base that was cut by it is cut as it was. Sizes count
 * code points, as Python does. The ends of chunks are stripped as {@code str.strip} does; where
 * chunks come from a splitter that knew nothing of grapheme clusters, clusters may be cut.
 */
public final class LangChainChunker extends SizedChunker {
  private static final String VERSION = "langchain-1";

  /** Cuts into chunks of these sizes, in code points. */
  public LangChainChunker(ChunkSizes sizes) {
    super(VERSION, sizes);
  }

  @Override
  public Chunking begin(Consumer<ChunkDraft> chunks) {
    return new BlockChunking(output -> new LangChainCutter(sizes, output), chunks);
  }
}
