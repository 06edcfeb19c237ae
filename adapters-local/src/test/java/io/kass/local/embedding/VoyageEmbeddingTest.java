package io.kass.local.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import io.kass.local.http.Retries;
import io.kass.ports.embedding.EmbeddingModel;
import io.kass.ports.embedding.EmbeddingModelContract;
import java.time.InstantSource;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;

class VoyageEmbeddingTest extends EmbeddingModelContract {
  private final FakeEmbeddingServer server =
      new FakeEmbeddingServer(EmbeddingConfig.Provider.VOYAGE, 1024);
  private final HttpEmbeddingModel model =
      new HttpEmbeddingModel(
          server.config("voyage-2"),
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
