package io.kass.local.lucene;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.kass.ports.backend.BackendContext;
import io.kass.ports.backend.Closer;
import io.kass.ports.embedding.EmbeddingInfo;
import io.kass.ports.index.ChunkIndex;
import io.kass.ports.index.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.lucene.index.IndexFileNames;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.Lock;

/**
 * Binds {@link ChunkIndex} to one in the data directory. Needs a {@link Closer}, which closes it,
 * and the {@link EmbeddingInfo} of the model that its vectors are of.
 */
public final class LuceneModule extends AbstractModule {
  private final LuceneConfig config;
  private final BackendContext context;

  /** An index with these settings, in the data directory of this context. */
  public LuceneModule(LuceneConfig config, BackendContext context) {
    this.config = config.under(context.dataDirectory());
    this.context = context;
  }

  @Provides
  @Singleton
  ChunkIndex index(EmbeddingInfo model, Closer closer) {
    var wanted =
        new IndexIdentity("", model.id(), model.dimension(), Metric.COSINE, context.chunkerId());
    return closer.register(
        new LuceneChunkIndex(
            config,
            wanted,
            context.readOnly(),
            context.clock(),
            new IndexDirectory(config.directory())));
  }

  /**
   * Deletes an index, if there is one. What ends this half-way leaves an empty index.
   *
   * @param directory where it is
   * @throws io.kass.ports.error.KassException.Rejected when another process writes to it
   */
  public static void discard(Path directory) {
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (Directory files = FSDirectory.open(directory);
        Lock held = files.obtainLock(IndexWriter.WRITE_LOCK_NAME)) {
      held.ensureValid();
      // What lists the other files goes first.
      for (String file : files.listAll()) {
        if (file.startsWith(IndexFileNames.SEGMENTS)
            || file.startsWith(IndexFileNames.PENDING_SEGMENTS)) {
          files.deleteFile(file);
        }
      }
      for (String file : files.listAll()) {
        // Whatever else somebody keeps there is theirs.
        if (IndexFileNames.CODEC_FILE_PATTERN.matcher(file).matches()) {
          files.deleteFile(file);
        }
      }
    } catch (IOException e) {
      throw LuceneErrors.from(e, directory);
    }
  }
}
