package io.kass.local.chroma;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.kass.ports.backend.BackendContext;
import io.kass.ports.backend.Closer;
import io.kass.ports.config.ConfigSection;
import io.kass.ports.embedding.EmbeddingInfo;
import io.kass.ports.index.ChunkIndex;
import io.kass.ports.ledger.Ledger;

/**
 * Binds {@link ChunkIndex} to a collection of a Chroma server. Needs a {@link Closer}, which closes
 * it, the {@link EmbeddingInfo} of the model that its vectors are of, and the {@link Ledger} that
 * keeps which write of each document counts.
 */
public final class ChromaModule extends AbstractModule {
  private final ConfigSection section;
  private final BackendContext context;

  /**
   * An index as the section says.
   *
   * @param section settings of {@link ChromaConfig}, over its defaults
   */
  public ChromaModule(ConfigSection section, BackendContext context) {
    this.section = section;
    this.context = context;
  }

  @Provides
  @Singleton
  ChromaConfig config() {
    return section.over(ChromaConfig.DEFAULTS);
  }

  @Provides
  @Singleton
  ChunkIndex index(ChromaConfig config, EmbeddingInfo model, Ledger ledger, Closer closer) {
    var wanted =
        new ChromaConnection.Wanted(
            model.id(),
            model.dimension(),
            config.space().isEmpty() ? null : Space.of(config.space()),
            context.chunkerId());
    return closer.register(
        new ChromaChunkIndex(
            config,
            wanted,
            context.readOnly(),
            context.clock(),
            ledger,
            context.dataDirectory().resolve("scans")));
  }
}
