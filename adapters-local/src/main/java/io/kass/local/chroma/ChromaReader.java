package io.kass.local.chroma;

import io.kass.ports.CallScope;
import io.kass.ports.index.Chunk;
import io.kass.ports.index.ChunkKey;
import io.kass.ports.index.StoredChunk;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns records into the chunks that readers see. */
final class ChromaReader {
  private final LegacyRecords legacy;

  ChromaReader(LegacyRecords legacy) {
    this.legacy = legacy;
  }

  LegacyRecords legacy() {
    return legacy;
  }

  /**
   * The chunk of a record, or null when no reader sees it: a document's write that does not count
   * (yet, or any more).
   */
  @Nullable StoredChunk chunk(
      CallScope scope, Generations.View view, ChromaRecord record, boolean vector) {
    if (OwnRecords.isOwn(record)) {
      OwnRecords.Own own = OwnRecords.read(record, vector);
      return own != null
              && own.generation().equals(view.generation(scope, own.stored().chunk().document()))
          ? own.stored()
          : null;
    }
    if (!view.generation(scope, legacy.document(record)).equals(Generations.NONE)) {
      return null;
    }
    ChunkKey key = legacy.key(record);
    Chunk chunk = legacy.chunk(record, key);
    return new StoredChunk(chunk, vector ? record.embedding() : null, List.of());
  }
}
