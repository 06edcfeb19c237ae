package io.kass.local.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import io.kass.local.http.Retries;
import io.kass.ports.embedding.EmbeddingModel;
import io.kass.ports.embedding.EmbeddingModelContract;
import java.time.InstantSource;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;

class OpenAiEmbeddingTest extends EmbeddingModelContract {
  private final FakeEmbeddingServer server =
      new FakeEmbeddingServer(EmbeddingConfig.Provider.OPENAI, 1536);
  private final HttpEmbeddingModel model =
      new HttpEmbeddingModel(
          server.config("text-embedding-3-small"),
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
