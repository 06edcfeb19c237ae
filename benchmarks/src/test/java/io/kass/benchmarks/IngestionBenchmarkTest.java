package io.kass.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.kass.benchmarks.IngestionBenchmark.Row;
import io.kass.local.EmbeddedBackendFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngestionBenchmarkTest {
  @Test
  void bothSidesTakeInAllDocuments(@TempDir Path temporary) throws IOException {
    System.setProperty("DJL_CACHE_DIR", temporary.toString());
    Path documents = Files.createDirectories(temporary.resolve("documents"));
    Files.writeString(documents.resolve("a.txt"), "Lamps are tested twice. Wires are not.");
    Files.writeString(documents.resolve("b.txt"), "The warehouse opens at seven.");
    EmbeddedBackendFactory.prepare(temporary.resolve("assets"));

    List<Row> rows = IngestionBenchmark.run(documents, temporary);

    assertThat(rows).extracting(Row::chunks).containsExactly(2L, 2L);
    var out = new ByteArrayOutputStream();
    IngestionBenchmark.report(new PrintStream(out, true, StandardCharsets.UTF_8), rows);
    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .hasSize(4)
        .last()
        .asString()
        .startsWith("| LangChain4j, in memory | 2 | ");
  }
}
