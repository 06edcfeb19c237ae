package io.kass.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.kass.benchmarks.ChunkingBenchmark.Kind;
import io.kass.ports.document.SourceType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChunkingBenchmarkTest {
  @TempDir private Path folder;

  @BeforeEach
  void write() throws IOException {
    Files.writeString(folder.resolve("a.md"), "# Title\n\nSome text. And more of it.\n".repeat(60));
    Files.writeString(folder.resolve("b.py"), "def f():\n    return 1\n\n".repeat(60));
    Files.writeString(folder.resolve("c.py"), "def f():\n    return 1\n\n".repeat(60));
    Files.writeString(folder.resolve("d.min.js"), "var x=1;");
    Files.writeString(folder.resolve("e.txt"), "Neither.");
    Files.write(folder.resolve("f.md"), new byte[] {'%', 'P', 'D', 'F', '-', 0, 1, 2});
  }

  @Test
  void takesMarkdownAndCodeEachContentOnce() throws IOException {
    ChunkingCorpus corpus = ChunkingCorpus.under(folder, 1_000_000);

    assertThat(names(corpus)).isEqualTo("a.md b.py");
    assertThat(names(corpus.only(Set.of(SourceType.CODE)))).isEqualTo("b.py");
    assertThat(corpus.bytes()).isEqualTo(60 * (35 + 24));
    assertThat(corpus.repeated(5 * corpus.bytes()).documents()).hasSize(10);
  }

  @Test
  void printsARowForEachContestant() throws IOException {
    var out = new ByteArrayOutputStream();

    new ChunkingBenchmark()
        .run(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            1,
            List.of(new Kind("all", ChunkingCorpus.under(folder, 1_000_000))));

    List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(lines).hasSize(6);
    assertThat(lines.get(2)).startsWith("| all: 0.0 MB, 2 documents | `indexOf('\\n')` | ");
    assertThat(lines.get(3)).contains("LangChain4j").endsWith("| 1.0 |");
  }

  private static String names(ChunkingCorpus corpus) {
    return corpus.documents().stream()
        .map(document -> document.id().value())
        .collect(Collectors.joining(" "));
  }
}
