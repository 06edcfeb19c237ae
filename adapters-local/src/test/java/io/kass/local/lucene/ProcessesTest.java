package io.kass.local.lucene;

import static io.kass.ports.index.ChunkBuilder.chunk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kass.ports.Language;
import io.kass.ports.error.KassException.Rejected;
import io.kass.ports.index.Replacement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several processes on one directory: one writes, the others read. */
class ProcessesTest {
  @TempDir private Path directory;

  @Test
  void readersSeeWhatAnotherProcessCommits() throws Exception {
    try (TestIndex reader = TestIndex.open(directory);
        var process = ChildProcess.start(WritingProcess.class, directory.toString())) {
      assertThat(reader.find("common", Language.ENGLISH)).isEmpty();
      for (String document : new String[] {"one", "two", "three"}) {
        process.send(document);
        assertThat(process.nextLine()).isEqualTo("written " + document);

        assertThat(reader.find("common", Language.ENGLISH)).contains("common " + document);
      }
      assertThat(reader.index().description().chunks()).isEqualTo(3);
    }
  }

  @Test
  void oneProcessWritesAtATime() throws Exception {
    try (TestIndex index = TestIndex.open(directory);
        var process = ChildProcess.start(WritingProcess.class, directory.toString())) {
      process.send("one");
      assertThat(process.nextLine()).isEqualTo("written one");

      assertThatThrownBy(() -> index.put(chunk("two", "common two").build()))
          .isInstanceOf(Rejected.class)
          .hasMessageContaining(
              "Another kass process (pid %d) is writing to %s;", process.pid(), directory)
          .hasMessageContaining("--data-dir");
      assertThatThrownBy(() -> index.index().claim(TestIndex.scope())).isInstanceOf(Rejected.class);
      assertThatThrownBy(() -> index.replace("two", "1")).isInstanceOf(Rejected.class);
      assertThat(index.find("common", Language.ENGLISH)).containsExactly("common one");

      process.send("close");
      assertThat(process.nextLine()).isEqualTo("closed");
      assertThat(directory.resolve("writer.pid")).doesNotExist();
      index.put(chunk("two", "common two").build());
      assertThat(index.find("common", Language.ENGLISH)).hasSize(2);
    }
  }

  @Test
  void whatWasNotedOfAnotherProcessIsNotBelieved() throws Exception {
    try (TestIndex index = TestIndex.open(directory);
        var process = ChildProcess.start(WritingProcess.class, directory.toString())) {
      process.send("one");
      process.nextLine();
      long parent = ProcessHandle.current().pid();
      for (String note :
          List.of("", "x", " ", parent + " 2020-01-01T00:00:00Z", process.pid() + " 2020")) {
        Files.writeString(directory.resolve("writer.pid"), note);

        assertThatThrownBy(() -> index.index().claim(TestIndex.scope()))
            .as(note)
            .isInstanceOf(Rejected.class)
            .hasMessageContaining("Another kass process is writing to " + directory);
      }
    }
  }

  @Test
  void aKilledProcessDoesNotKeepTheLock() throws Exception {
    try (TestIndex index = TestIndex.open(directory)) {
      try (var process = ChildProcess.start(WritingProcess.class, directory.toString())) {
        process.send("one");
        process.nextLine();
        process.kill();
      }

      index.put(chunk("two", "common two").build());
      assertThat(index.find("common", Language.ENGLISH)).hasSize(2);
    }
  }

  @Test
  void twoOfOneProcessDoNotWriteEither() {
    try (TestIndex first = TestIndex.open(directory);
        TestIndex second = TestIndex.open(directory)) {
      first.put(chunk("one", "common one").build());

      assertThatThrownBy(() -> second.put(chunk("two", "common two").build()))
          .isInstanceOf(Rejected.class);
      assertThat(second.find("common", Language.ENGLISH)).containsExactly("common one");
    }
  }

  @Test
  void anOpenReplacementTellsAtOnceThatAnotherWrites() {
    try (TestIndex first = TestIndex.open(directory);
        TestIndex second = TestIndex.open(directory);
        Replacement replacement =
            first.index().replace(TestIndex.scope(), TestIndex.stamp("a", "1"))) {
      assertThat(replacement.written()).isZero();
      assertThatThrownBy(() -> second.index().replace(TestIndex.scope(), TestIndex.stamp("b", "1")))
          .isInstanceOf(Rejected.class);
    }
  }
}
