package io.kass.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class DocumentsBenchmarkTest {
  @Test
  void readsAllOfItsDocuments() throws IOException {
    var out = new ByteArrayOutputStream();

    DocumentsBenchmark.run(0.01, new PrintStream(out, true, StandardCharsets.UTF_8));

    List<String> rows = out.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(rows).hasSize(6);
    assertThat(rows.get(2)).startsWith("| chat export (Discord) | 5 | ");
    assertThat(rows.get(3)).startsWith("| table (CSV) | 1 | ");
    // The heading and the rows.
    assertThat(rows.get(4)).startsWith("| workbook (XLSX) | 0 | 501 | ");
    assertThat(rows.get(5))
        .startsWith("| the same again | 0 | 501 | ")
        .matches(".*\\| (\\d+|–) \\|");
  }
}
