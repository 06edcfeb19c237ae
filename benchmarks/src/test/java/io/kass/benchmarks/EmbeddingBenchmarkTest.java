package io.kass.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddingBenchmarkTest {
  @Test
  void givesTheVectorsThatThePeerGives(@TempDir Path temporary) throws IOException {
    System.setProperty("DJL_CACHE_DIR", temporary.toString());

    assertThat(
            EmbeddingBenchmark.leastCosine(
                Path.of("judged/en/documents"), 6, temporary.resolve("assets")))
        .isGreaterThan(0.99);
  }
}
