package io.kass.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kass.ports.TestJvm;
import io.kass.ports.error.KassException.Misconfigured;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
  private static final int KILLS = 5;
  private static final int LONGEST_MILLIS = 300;

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
    for (String below : List.of("data", "new/data")) {
      for (boolean readOnly : new boolean[] {true, false}) {
        assertThatThrownBy(() -> DataDirectory.open(file.resolve(below), readOnly))
            .isInstanceOf(Misconfigured.class)
            .hasMessageContaining("since " + file + " is a file. Use another --data-dir.");
      }
    }
    assertThat(file).hasContent("mine");
  }

  @Test
  void oneThatIsNotForThisUserIsNamedAsSuch() throws IOException {
    Path closed = Files.createDirectory(temp.resolve("closed"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
    String output;
    try {
      output =
          TestJvm.of(OpenOnce.class, closed.toString(), closed.resolve("new").toString())
              .withoutRootsPrivileges()
              .run();
    } finally {
      Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
    }
    assertThat(output)
        .isEqualTo(
            ("The data directory %s may not be read or written by this user. Give them the right"
                    + " to, or use another --data-dir.\n")
                .repeat(2)
                .formatted(closed, closed.resolve("new")));
  }

  /** Opens directories, and prints what is wrong with them. */
  static final class OpenOnce {
    public static void main(String[] arguments) {
      for (String directory : arguments) {
        try {
          DataDirectory.open(Path.of(directory), false);
        } catch (Misconfigured e) {
          System.out.println(e.getMessage());
        }
      }
    }
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
        .hasMessageContaining("is full");
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

  @Test
  void anUpgradeThatIsKilledAtAnyMomentIsFinishedByTheNext() throws Exception {
    long seed = Long.getLong("kass.seed", System.nanoTime());
    System.out.println("upgrades: -Dkass.seed=" + seed);
    var random = new Random(seed);
    for (int kill = 0; kill < KILLS; kill++) {
      Path folder = Files.createDirectory(temp.resolve("kill" + kill));
      String last = killedUpgrade(folder, random.nextInt(LONGEST_MILLIS));
      DataDirectory.open(Path.of(last), false, UpgradingProcess.steps());
      try (var made = Files.list(folder)) {
        // One that was not told of yet was not begun.
        for (Path data :
            made.filter(path -> path.toString().matches(".*/data\\d+"))
                .filter(path -> number(path) <= number(Path.of(last)))
                .toList()) {
          assertUpgraded(data);
        }
      }
      assertThat(Path.of(last + ".layout-1")).isDirectory();
      assertThat(Path.of(last + ".upgrade")).doesNotExist();
    }
  }

  private static int number(Path data) {
    return Integer.parseInt(data.getFileName().toString().substring("data".length()));
  }

  /** The directory that was being upgraded when the process was killed. */
  private static String killedUpgrade(Path folder, int millis) throws Exception {
    Process process = TestJvm.of(UpgradingProcess.class, folder.toString()).start();
    try (BufferedReader lines = process.inputReader()) {
      String last = lines.readLine();
      process.waitFor(millis, TimeUnit.MILLISECONDS);
      process.toHandle().destroyForcibly();
      process.waitFor();
      for (String line = last; line != null; line = lines.readLine()) {
        last = line;
      }
      return last;
    } finally {
      process.destroyForcibly();
    }
  }

  private static void assertUpgraded(Path data) {
    assertThat(data.resolve("format.json")).hasContent("{\"layout\":3}\n");
    for (int i = 0; i < UpgradingProcess.FILES; i++) {
      assertThat(UpgradingProcess.file(data, i)).hasContent("one two three");
    }
  }

  @Test
  void severalWhoUpgradeAtOnceUpgradeItOnce() throws Exception {
    Path data = temp.resolve("data");
    DataDirectory.open(data, false);
    Files.createDirectories(data.resolve("index"));
    Files.writeString(data.resolve("index/words"), "one");
    Path lock = temp.resolve("data.upgrade-lock");
    try (FileChannel file =
            FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = file.lock()) {
      Process other = TestJvm.of(UpgradeOnce.class, data.toString()).start();
      while (other.isAlive() && !waitsForALock(other)) {
        Thread.onSpinWait();
      }
      assertThat(other.isAlive()).isTrue();
      // Done by this one, which holds the lock, while the other one waits for it.
      Files.writeString(data.resolve("index/words"), "one and two");
      Files.writeString(data.resolve("format.json"), "{\"layout\":2}");
      held.release();
      assertThat(other.waitFor()).isZero();
    }
    assertThat(data.resolve("index/words")).hasContent("one and two");
  }

  private static boolean waitsForALock(Process process) throws IOException {
    try (var locks = Files.lines(Path.of("/proc/locks"))) {
      return locks.anyMatch(
          line -> line.contains("->") && line.contains(" " + process.pid() + " "));
    }
  }

  /** Upgrades one directory. */
  static final class UpgradeOnce {
    public static void main(String[] arguments) {
      DataDirectory.open(Path.of(arguments[0]), false, List.of(append("two")));
    }
  }

  private static DataDirectory.Upgrade append(String word) {
    return directory -> {
      Path words = directory.resolve("index/words");
      Files.writeString(words, Files.readString(words) + " " + word);
    };
  }
}
