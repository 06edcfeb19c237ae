package io.kass.ports.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kass.ports.CallScope;
import io.kass.ports.TestScopes;
import io.kass.ports.TestThreads;
import io.kass.ports.document.DocumentReader.BlockConsumer;
import io.kass.ports.document.Reading.Cause;
import io.kass.ports.error.KassException.Cancelled;
import io.kass.ports.error.KassException.Unavailable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link DocumentReader} does, with the formats that every one of them knows. */
public abstract class DocumentReaderContract {
  private static final String TEXT =
      "Leave\n=====\n\nAsk early.\nÄrger, 休暇, 👩‍👩‍👧.\n\nThe end.\n";

  /** The reader under test; may be the same each time. */
  protected abstract DocumentReader reader();

  @Test
  void keepsItsId() {
    assertThat(reader().id()).isNotBlank().isEqualTo(reader().id());
  }

  @Test
  void readsPlainText() {
    ReadDocument document = ReadDocument.of(reader(), "notes.txt", TEXT);

    assertThat(document.reading()).isEqualTo(new Reading.Complete(SourceType.TEXT, "text/plain"));
    assertThat(document.type()).isEqualTo(SourceType.TEXT);
    assertThat(document.mediaType()).isEqualTo("text/plain");
    assertThat(document.text()).isEqualTo(TEXT);
    assertThat(document.blocks()).hasOnlyElementsOfType(Block.Prose.class);
  }

  @Test
  void leavesMarkdownAsItIs() {
    ReadDocument document = ReadDocument.of(reader(), "Notes.md", TEXT);

    assertThat(document.reading())
        .isEqualTo(new Reading.Complete(SourceType.MARKDOWN, "text/markdown"));
    assertThat(document.text()).isEqualTo(TEXT);
  }

  @Test
  void cutsTextIntoContiguousWindowsAndCountsLines() {
    String text = "a line of text\n".repeat(200_000) + "the last, without an end";

    long offset = 0;
    int line = 1;
    for (Block window : ReadDocument.of(reader(), "long.txt", text).blocks()) {
      Place place = window.place();
      assertThat(place.begin()).isEqualTo(offset);
      assertThat(place.end() - place.begin()).isEqualTo(window.text().length());
      var lines = (Locator.Lines) place.locator();
      assertThat(lines.first()).isEqualTo(line);
      line = lines.last() + 1;
      offset = place.end();
      assertThat(window.text().endsWith("\n") || offset == text.length()).isTrue();
    }
    assertThat(offset).isEqualTo(text.length());
    assertThat(line).isEqualTo(200_002);
  }

  @Tag("D6")
  @Test
  void tellsThatNothingIsThere() {
    assertThat(ReadDocument.of(reader(), "empty.txt", "").cause()).isEqualTo(Cause.EMPTY);
    assertThat(ReadDocument.of(reader(), "folder/", "").cause()).isEqualTo(Cause.EMPTY);
  }

  @Tag("D15")
  @ParameterizedTest
  @ValueSource(strings = {" ", "\n", "\r\n\t \r\n", "\u3000\u3000\n", "\u2003"})
  void takesWhiteSpaceForNothing(String blank) {
    assertThat(ReadDocument.of(reader(), "blank.md", blank).cause()).isEqualTo(Cause.EMPTY);
  }

  @Test
  void refusesBinaryData() {
    byte[] bytes = new byte[1000];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i * i * 7);
    }

    ReadDocument document = ReadDocument.of(reader(), "data.txt", bytes);

    assertThat(document.cause()).isEqualTo(Cause.UNSUPPORTED);
    assertThat(document.message()).isNotBlank();
  }

  @Test
  void readsFromTheBeginningAndLeavesTheChannelOpen() throws Exception {
    try (var bytes = new InMemoryBytes(TEXT.getBytes(StandardCharsets.UTF_8))) {
      bytes.position(20);

      ReadDocument document = ReadDocument.of(reader(), TestScopes.scope(), "a.txt", bytes);

      assertThat(document.text()).isEqualTo(TEXT);
      assertThat(bytes.isOpen()).isTrue();
    }
  }

  @Test
  void passesOnWhatTheConsumerThrows() {
    var full = new IllegalStateException("full");
    var consumer =
        new BlockConsumer() {
          @Override
          public void begin(SourceType type, String mediaType) {}

          @Override
          public void accept(Block block) {
            throw full;
          }
        };

    assertThatThrownBy(() -> read(TestScopes.scope(), consumer)).isSameAs(full);
  }

  @Test
  void stopsWhenItsTimeHasPassed() {
    assertThatThrownBy(() -> read(TestScopes.expired(), new Ignoring()))
        .isInstanceOf(Unavailable.class);
  }

  @Test
  void stopsWhenCancelled() {
    assertThatThrownBy(() -> read(TestScopes.cancelled(), new Ignoring()))
        .isInstanceOf(Cancelled.class);
  }

  @Test
  void readsManyDocumentsAtOnce() {
    DocumentReader reader = reader();

    List<String> texts =
        TestThreads.atOnce(
            8, i -> () -> ReadDocument.of(reader, i + ".txt", ("text " + i + "\n")).text());

    for (int i = 0; i < texts.size(); i++) {
      assertThat(texts.get(i)).isEqualTo("text " + i + "\n");
    }
  }

  private Reading read(CallScope scope, BlockConsumer consumer) throws Exception {
    try (var bytes = new InMemoryBytes(TEXT.getBytes(StandardCharsets.UTF_8))) {
      return reader().read(scope, "a.txt", bytes, consumer);
    }
  }

  private static final class Ignoring implements BlockConsumer {
    @Override
    public void begin(SourceType type, String mediaType) {}

    @Override
    public void accept(Block block) {}
  }
}
