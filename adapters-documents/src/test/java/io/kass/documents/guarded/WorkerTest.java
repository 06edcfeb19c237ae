package io.kass.documents.guarded;

import static org.assertj.core.api.Assertions.assertThat;

import io.kass.documents.TestDocuments;
import io.kass.ports.TestScopes;
import io.kass.ports.document.Block;
import io.kass.ports.document.DocumentReader.BlockConsumer;
import io.kass.ports.document.InMemoryBytes;
import io.kass.ports.document.Reading;
import io.kass.ports.document.SourceType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WorkerTest {
  @Test
  void noticesThatNobodyAnswers() throws Exception {
    Worker gone = Worker.start(Set.of(), 64);
    assertThat(gone.next(Duration.ofMinutes(1)))
        .isEqualTo(new Worker.Arrival.Sent(new Frame.Ready()));
    ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);

    try (var content = new InMemoryBytes(new byte[] {1, 2, 3})) {
      var conversation =
          new Conversation(
              TestScopes.scope(),
              InstantSource.system(),
              System::nanoTime,
              TestDocuments.SMALL,
              new Nothing(),
              content,
              new Ignoring(),
              gone);

      assertThat(conversation.run()).isEqualTo(new Conversation.End.Unanswered());
    }
  }

  @Test
  void keepsTheEnvironmentToItself() throws IOException {
    assertThat(Path.of("/proc/self/environ")).as("Linux, which shows environments").exists();
    Worker worker = Worker.start(Set.of(), 64);
    try {
      String environment = Files.readString(Path.of("/proc/" + worker.pid() + "/environ"));

      assertThat(environment).doesNotContain("PATH=", "HOME=");
    } finally {
      worker.kill();
    }
  }

  private static final class Nothing implements DocumentParser {
    @Override
    public List<Class<?>> needs() {
      return List.of();
    }

    @Override
    public String remedy() {
      return "Leave it out";
    }

    @Override
    public Reading parse(DocumentBytes bytes, Bounds bounds, BlockSink blocks) {
      throw new AssertionError("nobody asked");
    }
  }

  private static final class Ignoring implements BlockConsumer {
    @Override
    public void begin(SourceType type, String mediaType) {}

    @Override
    public void accept(Block block) {}
  }
}
