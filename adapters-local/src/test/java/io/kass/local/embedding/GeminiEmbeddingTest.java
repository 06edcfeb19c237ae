package io.kass.local.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import io.kass.local.http.Retries;
import io.kass.ports.embedding.EmbeddingModel;
import io.kass.ports.embedding.EmbeddingModelContract;
import java.time.InstantSource;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;

class GeminiEmbeddingTest extends EmbeddingModelContract {
  private final FakeEmbeddingServer server =
      new FakeEmbeddingServer(EmbeddingConfig.Provider.GEMINI, 3072);
  private final HttpEmbeddingModel model =
      new HttpEmbeddingModel(
          server.config("gemini-embedding-001"),
          InstantSource.system(),
          new Retries(Retries.USUAL, new Random(1), InstantSource.system()));

  @AfterEach
  void close() {
    model.close();
    server.close();
    assertThat(server.violations()).isEmpty();
  }

  @Override
  protected EmbeddingModel model() {
    return model;
  }
}
