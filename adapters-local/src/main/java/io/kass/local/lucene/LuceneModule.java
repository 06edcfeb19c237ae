package io.kass.local.lucene;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.kass.ports.backend.BackendContext;
import io.kass.ports.backend.Closer;
import io.kass.ports.config.ConfigSection;
import io.kass.ports.embedding.EmbeddingInfo;
import io.kass.ports.index.ChunkIndex;
import io.kass.ports.index.Metric;

/**
 * Binds {@link ChunkIndex} to one in the data directory. Needs a {@link Closer}, which closes it,
 * and the {@link EmbeddingInfo} of the model that its vectors are of.
 */
public final class LuceneModule extends AbstractModule {
  private final ConfigSection section;
  private final BackendContext context;

  /**
   * An index as the section says.
   *
   * @param section settings of {@link LuceneConfig}; without {@code directory} it is {@code index}
   *     in the data directory
   */
  public LuceneModule(ConfigSection section, BackendContext context) {
    this.section = section;
    this.context = context;
  }

  @Provides
  @Singleton
  LuceneConfig config() {
    return section.over(LuceneConfig.in(context.dataDirectory().resolve("index")));
  }

  @Provides
  @Singleton
  ChunkIndex index(LuceneConfig config, EmbeddingInfo model, Closer closer) {
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
}
