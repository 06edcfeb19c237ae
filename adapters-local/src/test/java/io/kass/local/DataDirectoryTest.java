package io.kass.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kass.ports.error.KassException.Misconfigured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
  @TempDir Path temp;

  @Test
  void isMadeByTheFirstWriter() throws IOException {
    Path data = temp.resolve("new/data");
    DataDirectory.open(data, false);
    assertThat(data.resolve("format.json")).hasContent("{\"layout\":1}\n");
    DataDirectory.open(data, false);
    try (var entries = Files.list(data)) {
      assertThat(entries).hasSize(1);
    }
  }

  @Test
  void isForItsOwnerOnlyAlsoAfterAnUpgrade() throws IOException {
    Path data = temp.resolve("data");
    DataDirectory.open(data, false);
    Files.createDirectories(data.resolve("index"));
    Files.writeString(data.resolve("index/words"), "one");
    assertThat(rights(data)).isEqualTo("rwx------");
    DataDirectory.open(data, false, List.of(append("two")));
    assertThat(rights(data)).isEqualTo("rwx------");
  }

  @Test
  void theRightsOfOneThatIsSharedAreLeftAlone() throws IOException {
    Path data = Files.createDirectories(temp.resolve("shared"));
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxrwx---"));
    DataDirectory.open(data, false);
    assertThat(rights(data)).isEqualTo("rwxrwx---");
  }

  private static String rights(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void readersMakeNothing() {
    Path data = temp.resolve("data");
    DataDirectory.open(data, true);
    assertThat(data).doesNotExist();
  }

  @Test
  void aNewerLayoutIsRefusedWithBothVersions() throws IOException {
    Files.writeString(temp.resolve("format.json"), "{\"layout\":7}");
    assertThatThrownBy(() -> DataDirectory.open(temp, false))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContainingAll("7", "1", "--data-dir", temp.toString());
  }

  @Test
  void aDamagedFormatIsRefused() throws IOException {
    for (String text : List.of("", "{", "[]", "{\"layout\":\"1\"}", "{\"layout\":0}")) {
      Files.writeString(temp.resolve("format.json"), text);
      assertThatThrownBy(() -> DataDirectory.open(temp, false))
          .isInstanceOf(Misconfigured.class)
          .hasMessageContaining("damaged");
    }
  }

  @Test
  void aDirectoryOfSomethingElseIsLeftAlone() throws IOException {
    Files.writeString(temp.resolve("thesis.docx"), "mine");
    assertThatThrownBy(() -> DataDirectory.open(temp, false)).isInstanceOf(Misconfigured.class);
    assertThat(temp.resolve("format.json")).doesNotExist();
  }

  @Test
  void aFileIsNoDirectory() throws IOException {
    Path file = Files.writeString(temp.resolve("file"), "mine");
    assertThatThrownBy(() -> DataDirectory.open(file, false)).isInstanceOf(Misconfigured.class);
    assertThat(file).hasContent("mine");
  }

  @Test
  void anOlderLayoutIsUpgradedBesideItself() throws IOException {
    Path data = temp.resolve("data");
    DataDirectory.open(data, false);
    Files.createDirectories(data.resolve("index"));
    Files.writeString(data.resolve("index/words"), "one");
    DataDirectory.open(data, false, List.of(append("two"), append("three")));
    assertThat(data.resolve("index/words")).hasContent("one two three");
    assertThat(data.resolve("format.json")).hasContent("{\"layout\":3}\n");
    assertThat(temp.resolve("data.layout-1/index/words")).hasContent("one");
    assertThat(temp.resolve("data.upgrade")).doesNotExist();
  }

  @Test
  void anUpgradeThatBreaksOffLeavesTheOldOneAndIsBegunAgain() throws IOException {
    Path data = temp.resolve("data");
    DataDirectory.open(data, false);
    Files.createDirectories(data.resolve("index"));
    Files.writeString(data.resolve("index/words"), "one");
    DataDirectory.Upgrade breaks =
        directory -> {
          append("half").apply(directory);
          throw new IOException("no space left");
        };
    assertThatThrownBy(() -> DataDirectory.open(data, false, List.of(breaks)))
        .hasMessageContaining("no space left");
    assertThat(data.resolve("index/words")).hasContent("one");
    DataDirectory.open(data, false, List.of(append("two")));
    assertThat(data.resolve("index/words")).hasContent("one two");
  }

  @Test
  void anUpgradeThatBreaksOffBeforeItsLastStepIsFinished() throws IOException {
    Path data = temp.resolve("data");
    DataDirectory.open(data, false);
    Files.createDirectories(data.resolve("index"));
    Files.writeString(data.resolve("index/words"), "one");
    List<DataDirectory.Upgrade> steps = List.of(append("two"));
    DataDirectory.open(data, false, steps);
    Files.move(data, temp.resolve("data.upgrade"));
    DataDirectory.open(data, false, steps);
    assertThat(data.resolve("index/words")).hasContent("one two");
  }

  private static DataDirectory.Upgrade append(String word) {
    return directory -> {
      Path words = directory.resolve("index/words");
      Files.writeString(words, Files.readString(words) + " " + word);
    };
  }
}
