package io.kass.local.lucene;

import io.kass.ports.CallScope;
import io.kass.ports.error.KassException.InvalidRequest;
import io.kass.ports.index.DocumentStamp;
import io.kass.ports.index.Replacement;
import io.kass.ports.index.StoredChunk;
import java.io.IOException;
import java.util.List;
import org.apache.lucene.index.IndexWriter;

/**
 * Gathers a document's chunks, and writes them in one change. Nothing of an interrupted one is left
 * for the next: making chunks again costs little, since their embeddings are kept elsewhere.
 */
final class LuceneReplacement implements Replacement {
  private final LuceneChunkIndex index;
  private final Writer writer;
  private final CallScope scope;
  private final DocumentStamp stamp;
  private final ChunkBuffer buffer;
  private boolean over;

  LuceneReplacement(
      LuceneChunkIndex index,
      Writer writer,
      CallScope scope,
      DocumentStamp stamp,
      ChunkBuffer buffer) {
    this.index = index;
    this.writer = writer;
    this.scope = scope;
    this.stamp = stamp;
    this.buffer = buffer;
  }

  @Override
  public int written() {
    return 0;
  }

  @Override
  public void add(List<StoredChunk> batch) {
    requireOpen();
    index.check(scope);
    for (StoredChunk chunk : batch) {
      if (!chunk.chunk().document().equals(stamp.id())) {
        throw new InvalidRequest(
            "A chunk of %s is not a chunk of %s.".formatted(chunk.chunk().document(), stamp.id()));
      }
      index.check(chunk);
    }
    try {
      for (StoredChunk chunk : batch) {
        buffer.add(chunk);
      }
    } catch (IOException e) {
      throw index.failure(e);
    }
  }

  @Override
  public void commit() {
    requireOpen();
    writer.change(
        scope,
        open -> {
          if (writer.isStale(stamp)) {
            throw Writer.stale(stamp);
          }
          write(open);
          return stamp;
        });
    close();
  }

  private void write(IndexWriter open) throws IOException {
    open.deleteDocuments(Documents.chunksOf(stamp.id()));
    // By key, since a chunk may come twice, or may have been put under another document.
    buffer.forEach(chunk ->
        open.updateDocument(Documents.key(chunk.key()), Documents.of(chunk, index.dimension())));
    writer.stamp(open, stamp);
  }

  private void requireOpen() {
    if (over) {
      throw new IllegalStateException("this replacement is over");
    }
  }

  @Override
  public void close() {
    over = true;
    try {
      buffer.close();
    } catch (IOException e) {
      // A temporary file that could not be removed; it is in no one's way.
      return;
    }
  }
}
