package io.kass.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ChatHistoryTest {
  @TempDir Path directory;

  @Test
  void givesBackWhatWasTypedAsItWas() {
    List<String> lines = List.of("one", "two\nlines", "日本語 \"😀\" \\ \u001b[31m \u2028", "one");
    lines.forEach(line -> history().add(line));
    assertThat(history().read()).isEqualTo(lines);
  }

  @Test
  void aLineThatBeginsWithASpaceIsNotRemembered() {
    history().add(" secret");
    history().add("  ");
    assertThat(file()).doesNotExist();
    assertThat(history().read()).isEmpty();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void onlyItsOwnerCanReadIt() throws IOException {
    history().add("one");
    assertThat(permissions(file())).isEqualTo("rw-------");
    assertThat(permissions(file().resolveSibling(""))).isEqualTo("rwx------");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void keepsTheLatestAndTheFileSmall() throws IOException {
    IntStream.range(0, 2 * ChatHistory.MOST + 1).forEach(i -> history().add("line " + i));
    List<String> lines = history().read();
    assertThat(lines).hasSize(ChatHistory.MOST);
    assertThat(lines.getLast()).isEqualTo("line " + 2 * ChatHistory.MOST);
    assertThat(Files.readAllLines(file())).hasSize(ChatHistory.MOST);
    assertThat(permissions(file())).isEqualTo("rw-------");
    history().add("another");
    assertThat(history().read()).hasSize(ChatHistory.MOST).endsWith("another");
  }

  @Test
  void passesOverWhatIsNoEntry() throws IOException {
    history().add("one");
    byte[] rubbish = "\"half\nnull\n{}\n\n\u00ff\u00fe\n".getBytes(StandardCharsets.ISO_8859_1);
    Files.write(file(), rubbish, StandardOpenOption.APPEND);
    history().add("two");
    assertThat(history().read()).containsExactly("one", "two");
  }

  @Test
  void goesOnWithoutAFileThatCannotBe() throws IOException {
    Files.createDirectories(file());
    history().add("one");
    assertThat(history().read()).isEmpty();
  }

  private ChatHistory history() {
    return new ChatHistory(file());
  }

  private Path file() {
    return directory.resolve("state/kass/chat-history");
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
