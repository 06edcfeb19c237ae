package io.kass.core.chunking;

import io.kass.ports.document.Block;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One source file on its way into chunks: its blocks tell the language. */
final class CodeChunking implements Chunking {
  private final BlockChunking blocks;
  private @Nullable String language;

  CodeChunking(ChunkSizes sizes, Consumer<ChunkDraft> chunks) {
    blocks =
        new BlockChunking(output -> new CodeCutter(sizes, CodeSyntax.of(language), output), chunks);
  }

  @Override
  public void accept(Block block) {
    language = block instanceof Block.Code code ? code.language() : null;
    blocks.accept(block);
  }

  @Override
  public void finish() {
    blocks.finish();
  }
}
