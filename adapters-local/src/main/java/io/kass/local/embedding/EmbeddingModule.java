package io.kass.local.embedding;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.kass.local.http.Retries;
import io.kass.ports.backend.Closer;
import io.kass.ports.embedding.EmbeddingModel;
import java.time.InstantSource;
import java.util.Random;

/**
 * Binds {@link EmbeddingModel} to the server that an {@link EmbeddingConfig} names. Asks for that,
 * the clock, and the {@link Closer} that closes it.
 */
public final class EmbeddingModule extends AbstractModule {
  @Provides
  @Singleton
  EmbeddingModel embeddings(EmbeddingConfig config, InstantSource clock, Closer closer) {
    return closer.register(
        new HttpEmbeddingModel(config, clock, new Retries(Retries.USUAL, new Random(), clock)));
  }
}
