package io.kass.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.kass.devservices.ChromaServer;
import io.kass.devservices.Installations;
import io.kass.ports.Json;
import io.kass.ports.backend.Backend;
import io.kass.ports.embedding.Vector;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** At a twentieth of its size: both sides read the same. */
class LegacyBenchmarkTest {
  private static final int RECORDS = 100_000 / 20;

  @TempDir private Path directory;

  @Test
  void bothSidesReadTheSameRecords() throws IOException {
    var benchmark = new LegacyBenchmark();
    try (ChromaServer server =
        ChromaServer.start(Installations.ofUser(), directory.resolve("chroma"), 0)) {
      LegacyBenchmark.Row row = benchmark.run(server, directory, RECORDS, 1, 1, 5);

      assertThat(table(row).lines()).hasSize(3).last().asString().startsWith("| 5,000 | ");
      assertSame(server, benchmark);
    }
  }

  private void assertSame(ChromaServer server, LegacyBenchmark benchmark) throws IOException {
    try (BareChroma bare = BareChroma.create(server, "same");
        Backend backend = benchmark.open(server, "same", directory)) {
      bare.fill(300, LegacyBenchmark.DIMENSION, 100);
      Map<String, Vector> plain = new HashMap<>();
      bare.scan(100, row -> plain.put(row.id() + row.text(), row.vector()));
      Map<String, Vector> ours = new HashMap<>();
      List<Json> ids = new ArrayList<>();
      benchmark.scan(
          backend.index(),
          stored -> {
            Json id = stored.chunk().metadata().get("kass.legacy.id");
            ids.add(id);
            ours.put(
                (id instanceof Json.Text(String text) ? text : "") + stored.chunk().text(),
                stored.vector());
          });

      assertThat(ids).hasSize(300).doesNotHaveDuplicates();
      assertThat(ours).isEqualTo(plain);
    }
  }

  private static String table(LegacyBenchmark.Row row) {
    var out = new ByteArrayOutputStream();
    LegacyBenchmark.report(new PrintStream(out, true, StandardCharsets.UTF_8), List.of(row));
    return out.toString(StandardCharsets.UTF_8);
  }
}
