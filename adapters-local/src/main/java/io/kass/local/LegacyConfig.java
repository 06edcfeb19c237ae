package io.kass.local;

import io.kass.local.chroma.ChromaConfig;
import io.kass.local.embedding.EmbeddingConfig;
import io.kass.local.postgres.PostgresConfig;
import java.nio.file.Path;

/**
 * Settings of the legacy backend.
 *
 * @param chroma the collection that is searched
 * @param postgres the database of the conversations
 * @param embedding the server of the model that the collection was built with; where nothing of it
 *     is set, the model that runs in this process
 * @param documents the folder of the documents that the collection was made of
 * @param local how things are kept and run on this machine
 */
public record LegacyConfig(
    ChromaConfig chroma,
    PostgresConfig postgres,
    EmbeddingConfig embedding,
    Path documents,
    EmbeddedConfig local) {
  /** Those of the legacy deployment on this machine, with files that are ready to load here. */
  static LegacyConfig in(Path assets) {
    return new LegacyConfig(
        ChromaConfig.DEFAULTS,
        PostgresConfig.DEFAULTS,
        EmbeddingConfig.DEFAULTS,
        Path.of("embedding-data"),
        EmbeddedConfig.in(assets));
  }

  /** Whether the model runs in this process. */
  boolean embedsHere() {
    return embedding.equals(EmbeddingConfig.DEFAULTS);
  }
}
