package io.kass.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kass.ports.Json;
import io.kass.ports.error.KassException.InvalidRequest;
import io.kass.ports.index.Filter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TargetTest {
  @TempDir Path temporary;
  private Path directory;

  @BeforeEach
  void makeFiles() throws IOException {
    directory = temporary.toRealPath();
    Files.createDirectory(directory.resolve("docs"));
    Files.writeString(directory.resolve("docs/a.md"), "text");
    Files.createSymbolicLink(directory.resolve("link"), directory.resolve("docs"));
    Files.createSymbolicLink(directory.resolve("loop"), directory.resolve("loop"));
  }

  @Test
  void aFolderMeansEverythingBelowIt() {
    Target target = Target.of("docs", directory);

    assertThat(target.prefix()).isEqualTo(directory + "/docs/");
    assertThat(target.filter()).isEqualTo(Filter.documentsUnder(directory + "/docs/"));
  }

  @Test
  void aFileMeansItself() {
    Target target = Target.of("docs/../docs/a.md", directory);

    assertThat(target.prefix()).isEqualTo(directory + "/docs/a.md");
    assertThat(target.filter())
        .isEqualTo(new Filter.Equals(Filter.DOCUMENT, Json.of(directory + "/docs/a.md")));
  }

  @Test
  void linksAreFollowed() {
    assertThat(Target.of("link", directory).path()).isEqualTo(directory.resolve("docs"));
  }

  @Test
  void whatIsNotThereIsRefused() {
    assertThatThrownBy(() -> Target.of("nowhere", directory))
        .isInstanceOf(InvalidRequest.class)
        .hasMessage("There is no file or folder 'nowhere'.");
    assertThatThrownBy(() -> Target.all(List.of("docs", "nowhere"), directory))
        .hasMessage(
            "There is no file or folder 'nowhere'. If it was deleted, 'kass documents remove"
                + " nowhere' takes out what is known of it.");
    assertThatThrownBy(() -> Target.of("loop", directory)).isInstanceOf(InvalidRequest.class);
    assertThatThrownBy(() -> Target.of("docs/a.md/b", directory))
        .isInstanceOf(InvalidRequest.class);
  }

  @Test
  void severalTargetsAreOneCondition() {
    List<Target> targets = Target.all(List.of("docs", "docs/a.md", "docs"), directory);

    assertThat(targets).hasSize(2);
    assertThat(Target.filter(targets))
        .isEqualTo(new Filter.Or(List.of(targets.get(0).filter(), targets.get(1).filter())));
    assertThat(Target.filter(List.of())).isEqualTo(Filter.all());
    assertThat(Target.names(targets)).isEqualTo("docs, docs/a.md");
  }
}
