package io.kass.cli;

import io.kass.core.chunking.ChunkDraft;
import io.kass.core.chunking.Chunker;
import io.kass.core.chunking.Chunkers;
import io.kass.core.chunking.Chunking;
import io.kass.core.language.Languages;
import io.kass.ports.document.Block;
import io.kass.ports.document.DocumentId;
import io.kass.ports.document.DocumentReader.BlockConsumer;
import io.kass.ports.document.Places;
import io.kass.ports.document.Reading.Unreadable;
import io.kass.ports.document.SourceType;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the blocks of one document and shows each chunk as soon as it is certain, so that no more
 * than a few are in memory.
 */
final class ChunkListing implements BlockConsumer {
  private final DocumentId document;
  private final Chunkers chunkers;
  private final References references;
  private final JsonList json;
  private final PassageView view;
  private @Nullable Chunker chunker;
  private @Nullable Chunking chunking;
  private @Nullable String source;
  private @Nullable String mediaType;
  private long count;
  private long characters;
  private int smallest = Integer.MAX_VALUE;
  private int largest;

  ChunkListing(
      DocumentId document,
      Chunkers chunkers,
      References references,
      JsonList json,
      PassageView view) {
    this.document = document;
    this.chunkers = chunkers;
    this.references = references;
    this.json = json;
    this.view = view;
  }

  /** Ends a reading whose result nobody reads any more. */
  static final class Unwanted extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @Override
  public void begin(SourceType type, String mediaTypeRead) {
    source = type.name().toLowerCase(Locale.ROOT);
    mediaType = mediaTypeRead;
    chunker = chunkers.of(type);
    chunking = chunker.begin(this::show);
  }

  @Override
  public void accept(Block block) {
    opened().accept(block);
  }

  /** Shows what is left. */
  void finish() {
    opened().finish();
  }

  boolean isEmpty() {
    return count == 0;
  }

  private Chunking opened() {
    if (chunking == null) {
      throw new IllegalStateException("a reader begins before it hands over blocks");
    }
    return chunking;
  }

  private void show(ChunkDraft chunk) {
    if (view.output().closedByReader()) {
      throw new Unwanted();
    }
    int size = chunk.text().length();
    count++;
    characters += size;
    smallest = Math.min(smallest, size);
    largest = Math.max(largest, size);
    String reference = references.place(document, chunk.place());
    if (view.output().json()) {
      json.add(
          new Fields()
              .put("reference", reference)
              .put("place", Places.toJson(chunk.place()))
              .put("size", size)
              .put("language", Languages.detect(chunk.text()).code())
              .put("text", chunk.text())
              .json());
    } else {
      String label = view.output().style().dim("  " + Ingested.count(size, "character"));
      view.show(reference + label, chunk.place(), chunk.text());
    }
  }

  /** All of it in one sentence. */
  String summary() {
    String sizes =
        count < 2
            ? Ingested.count(largest, "character")
            : smallest + " to " + largest + " characters, " + average() + " on average";
    return Ingested.count(count, "passage")
        + " of "
        + sizes
        + ". Read as "
        + source
        + ", cut by "
        + (chunker == null ? "nothing" : chunker.id())
        + ".";
  }

  /** What is known of the document at its end. */
  Fields fields(@Nullable Unreadable obstacle) {
    return new Fields()
        .put("source", source)
        .put("media_type", mediaType)
        .put("chunker", chunker == null ? null : chunker.id())
        .put("count", count)
        .put("smallest", count == 0 ? 0 : smallest)
        .put("largest", largest)
        .put("average", average())
        .put("cause", obstacle == null ? null : Ingested.label(obstacle.cause()))
        .put("message", obstacle == null ? null : obstacle.message());
  }

  private long average() {
    return count == 0 ? 0 : Math.round((double) characters / count);
  }
}
