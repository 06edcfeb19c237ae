package io.kass.core.chunking;

import io.kass.ports.Json;
import io.kass.ports.Metadata;
import io.kass.ports.document.Block;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One source file on its way into chunks: its blocks tell the language. */
final class CodeChunking implements Chunking {
  private final BlockChunking blocks;
  private @Nullable String language;
  private Metadata metadata = Metadata.EMPTY;

  CodeChunking(ChunkSizes sizes, Consumer<ChunkDraft> chunks) {
    blocks =
        new BlockChunking(
            output -> new CodeCutter(sizes, CodeSyntax.of(language), output),
            chunk -> chunks.accept(new ChunkDraft(chunk.text(), chunk.place(), metadata)));
  }

  @Override
  public void accept(Block block) {
    String of = block instanceof Block.Code code ? code.language() : null;
    if (!Objects.equals(of, language)) {
      blocks.finish();
      language = of;
      metadata = of == null ? Metadata.EMPTY : Metadata.EMPTY.with("language", Json.of(of));
    }
    blocks.accept(block);
  }

  @Override
  public void finish() {
    blocks.finish();
  }
}
