package io.kass.local.chroma;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.ProvidesIntoSet;
import io.kass.ports.backend.BackendContext;
import io.kass.ports.backend.Closer;
import io.kass.ports.backend.Inspection;
import io.kass.ports.embedding.EmbeddingInfo;
import io.kass.ports.index.ChunkIndex;
import io.kass.ports.ledger.Ledger;

/**
 * Binds {@link ChunkIndex} to a collection of a Chroma server, and adds an {@link Inspection} of
 * it. Needs a {@link Closer}, which closes it, the {@link EmbeddingInfo} of the model that its
 * vectors are of, and the {@link Ledger} that keeps which write of each document counts.
 */
public final class ChromaModule extends AbstractModule {
  private final ChromaConfig config;
  private final BackendContext context;

  /** The index that the settings name. */
  public ChromaModule(ChromaConfig config, BackendContext context) {
    this.config = config;
    this.context = context;
  }

  @Provides
  @Singleton
  ChromaChunkIndex collection(EmbeddingInfo model, Ledger ledger, Closer closer) {
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

  @Provides
  ChunkIndex index(ChromaChunkIndex collection) {
    return collection;
  }

  @ProvidesIntoSet
  Inspection inspection(ChromaChunkIndex collection) {
    return collection.inspection();
  }
}
