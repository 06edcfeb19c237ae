package io.kass.core.ingestion;

import io.kass.core.chunking.ChunkDraft;
import io.kass.core.chunking.Chunkers;
import io.kass.core.chunking.Chunking;
import io.kass.core.language.Languages;
import io.kass.ports.Audience;
import io.kass.ports.CallScope;
import io.kass.ports.ContentHash;
import io.kass.ports.Json;
import io.kass.ports.Language;
import io.kass.ports.Metadata;
import io.kass.ports.document.Block;
import io.kass.ports.document.DocumentId;
import io.kass.ports.document.DocumentReader.BlockConsumer;
import io.kass.ports.document.SourceType;
import io.kass.ports.index.Chunk;
import io.kass.ports.index.ChunkKey;
import io.kass.ports.index.Replacement;
import io.kass.ports.index.StoredChunk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Turns the blocks of one document into stored chunks, batch by batch, so that memory stays bounded
 * for documents of any length.
 */
final class ChunkWriter implements BlockConsumer {
  private final CallScope scope;
  private final DocumentId document;
  private final Audience audience;
  private final Chunkers chunkers;
  private final Function<List<Chunk>, List<StoredChunk>> embedder;
  private final Replacement replacement;
  private final int batchSize;
  private final IntConsumer written;
  private final Map<ContentHash, Integer> occurrences = new HashMap<>();
  private final List<Chunk> batch = new ArrayList<>();
  private final int resumed;
  private @Nullable Chunking chunking;
  private Metadata metadata = Metadata.EMPTY;
  private int count;

  ChunkWriter(
      CallScope scope,
      DocumentId document,
      Audience audience,
      Chunkers chunkers,
      Function<List<Chunk>, List<StoredChunk>> embedder,
      Replacement replacement,
      int batchSize,
      IntConsumer written) {
    this.scope = scope;
    this.document = document;
    this.audience = audience;
    this.chunkers = chunkers;
    this.embedder = embedder;
    this.replacement = replacement;
    this.batchSize = batchSize;
    this.written = written;
    this.resumed = replacement.written();
  }

  @Override
  public void begin(SourceType type, String mediaType) {
    metadata =
        Metadata.of(
            Map.of(
                "source", Json.of(type.name().toLowerCase(Locale.ROOT)),
                "media_type", Json.of(mediaType),
                "file_name", Json.of(document.fileName())));
    chunking = chunkers.of(type).begin(this::add);
  }

  @Override
  public void accept(Block block) {
    scope.cancellation().throwIfCancelled();
    opened().accept(block);
  }

  /** Writes what is left; how many chunks the document has. */
  int finish() {
    opened().finish();
    flush();
    return count;
  }

  private Chunking opened() {
    if (chunking == null) {
      throw new IllegalStateException("a reader begins before it hands over blocks");
    }
    return chunking;
  }

  private void add(ChunkDraft draft) {
    if (draft.text().isBlank()) {
      return;
    }
    ContentHash hash = ContentHash.of(draft.text());
    int occurrence = occurrences.merge(hash, 1, Integer::sum) - 1;
    count++;
    if (count <= resumed) {
      return;
    }
    Language language = Languages.detect(draft.text());
    batch.add(
        new Chunk(
            ChunkKey.of(document, hash, occurrence),
            document,
            draft.text(),
            draft.place(),
            language,
            audience,
            with(draft.metadata())));
    if (batch.size() == batchSize) {
      flush();
    }
  }

  /** What is known of the document, and what the chunker knows of this chunk beside it. */
  private Metadata with(Metadata own) {
    if (own.values().isEmpty()) {
      return metadata;
    }
    var all = new TreeMap<>(own.values());
    if (own.get("row_number") != null) {
      // A table of its own file has no other name.
      all.putIfAbsent("sheet", Json.of(baseName(document.fileName())));
    }
    all.putAll(metadata.values());
    return new Metadata(all);
  }

  private static String baseName(String fileName) {
    int dot = fileName.lastIndexOf('.');
    return dot <= 0 ? fileName : fileName.substring(0, dot);
  }

  private void flush() {
    if (batch.isEmpty()) {
      return;
    }
    replacement.add(embedder.apply(batch));
    written.accept(batch.size());
    batch.clear();
  }
}
