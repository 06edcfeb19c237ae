package io.kass.local.sqlite;

import static io.kass.local.sqlite.SqliteProcess.TALK;
import static io.kass.ports.TestScopes.scope;
import static org.assertj.core.api.Assertions.assertThat;

import io.kass.ports.TestJvm;
import io.kass.ports.TestThreads;
import io.kass.ports.conversation.Message;
import io.kass.ports.conversation.Role;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** What happens when several processes use one database, or one of them dies. */
class SqliteProcessesTest {
  private static final int KILLS = 20;

  @TempDir private Path directory;

  @Test
  @Tag("C1")
  void letsTwoProcessesAppendAndCountAtOnce() {
    TestThreads.atOnce(
        2,
        number ->
            () ->
                TestJvm.of(
                        SqliteProcess.class,
                        "append",
                        directory.toString(),
                        "process" + number,
                        "100")
                    .run());
    try (var database = open()) {
      assertThat(wholeTurns(database)).hasSize(200);
      assertThat(count(database)).isEqualTo(200);
    }
  }

  @Test
  void keepsEveryCommittedTurnWholeThroughKillsAtRandomMoments(TestInfo info)
      throws IOException, InterruptedException {
    long seed = System.nanoTime();
    System.out.println(info.getDisplayName() + " seed " + seed);
    var random = new Random(seed);
    Set<String> acknowledged = new HashSet<>();
    long longest = 2_000;
    for (int kill = 0; kill < KILLS; kill++) {
      longest = Math.max(500, killOne(kill, random.nextLong(longest), acknowledged));
      try (var database = open()) {
        assertThat(wholeTurns(database))
            .as("seed %d, kill %d", seed, kill)
            .containsAll(keysOf(acknowledged));
        assertThat(check(database)).as("seed %d, kill %d", seed, kill).isEqualTo("ok");
      }
    }
    assertThat(acknowledged).as("seed %d", seed).isNotEmpty();
  }

  /** Kills a process that appends; how long a next one may live so that most get to work. */
  private long killOne(int number, long millis, Set<String> acknowledged)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    String name = "kill" + number;
    Process process =
        TestJvm.of(SqliteProcess.class, "append-for-ever", directory.toString(), name).start();
    long[] firstLine = {0};
    var reader =
        Thread.ofPlatform()
            .start(() -> {
              try (BufferedReader lines = process.inputReader()) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                  firstLine[0] = firstLine[0] == 0 ? System.nanoTime() : firstLine[0];
                  acknowledged.add(name + "-" + line);
                }
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            });
    boolean ended = process.waitFor(millis, TimeUnit.MILLISECONDS);
    process.destroyForcibly();
    reader.join();
    assertThat(ended).isFalse();
    assertThat(process.waitFor()).isNotZero();
    return firstLine[0] == 0 ? 2 * millis + 500 : 2 * (firstLine[0] - start) / 1_000_000;
  }

  @Test
  void saysThatTheDiskIsFullAndLosesNothing() throws IOException {
    String output =
        TestJvm.of(SqliteProcess.class, "fill", directory.resolve("data").toString())
            .withDisk(directory, 2_000)
            .run();
    assertThat(output).startsWith("Unavailable: ").contains("no space left", "check ok");
    long stored = number(output, "stored ");
    assertThat(stored).isPositive();
    assertThat(number(output, "messages ")).isEqualTo(2 * stored);
  }

  @Test
  void aDiskWithoutAByteLeftCanStillBeReadFrom() throws IOException {
    String output =
        TestJvm.of(SqliteProcess.class, "read-full", directory.toString())
            .withDisk(directory, 8_000)
            .run();
    String eachRead = "messages 2\n".repeat(8);
    assertThat(output)
        .matches(
            "(?s)"
                + eachRead
                + "Unavailable: [^\n]*no space left[^\n]*\n"
                + eachRead
                + "Unavailable: [^\n]*no space left[^\n]*\nstored\n");
  }

  @Test
  void saysWhoMayNotWriteTheFolder() throws IOException {
    Path folder = Files.createDirectory(directory.resolve("mine"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-xr-xr-x"));
    for (Path data : List.of(folder, folder.resolve("data"))) {
      assertThat(
              TestJvm.of(SqliteProcess.class, "try", data.toString())
                  .withoutRootsPrivileges()
                  .run())
          .startsWith("Misconfigured: The database " + data.resolve("kass.db"))
          .contains("cannot be written");
    }
  }

  @Test
  void whoeverMayOnlyReadStillReads() throws IOException {
    try (var database = open()) {
      new SqliteConversationLog(database).append(scope(), SqliteProcess.turn("first"));
    }
    Files.setPosixFilePermissions(
        directory.resolve("kass.db"), PosixFilePermissions.fromString("r--r--r--"));
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("r-xr-xr-x"));
    String output =
        TestJvm.of(SqliteProcess.class, "read", directory.toString())
            .withoutRootsPrivileges()
            .run();
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThat(output).startsWith("messages 2\nMisconfigured: ");
  }

  @Test
  void saysWhoMayNotWriteTheFile() throws IOException {
    try (var database = open()) {
      new SqliteConversationLog(database).append(scope(), SqliteProcess.turn("first"));
    }
    Files.setPosixFilePermissions(
        directory.resolve("kass.db"), PosixFilePermissions.fromString("r--r--r--"));
    assertThat(
            TestJvm.of(SqliteProcess.class, "try", directory.toString())
                .withoutRootsPrivileges()
                .run())
        .startsWith("Misconfigured: ");
  }

  private SqliteDatabase open() {
    return new SqliteDatabase(SqliteConfig.in(directory), InstantSource.system());
  }

  private static long number(String output, String label) {
    return output
        .lines()
        .filter(line -> line.startsWith(label))
        .mapToLong(line -> Long.parseLong(line.substring(label.length())))
        .findFirst()
        .orElseThrow();
  }

  private static long count(SqliteDatabase database) {
    return new SqliteLedger(database)
        .add(scope(), "turns", 0, Long.MAX_VALUE, Instant.parse("2100-01-01T00:00:00Z"));
  }

  private static String check(SqliteDatabase database) {
    return database.read(scope(), session -> session.text("PRAGMA integrity_check"));
  }

  /** The keys of the turns' questions; each is followed by its answer. */
  private static Set<String> wholeTurns(SqliteDatabase database) {
    var log = new SqliteConversationLog(database);
    List<Message> messages = log.last(scope(), TALK, Integer.MAX_VALUE);
    var keys = new HashSet<String>();
    for (int i = 0; i < messages.size(); i += 2) {
      Message question = messages.get(i);
      Message answer = messages.get(i + 1);
      assertThat(question.role()).isEqualTo(Role.USER);
      assertThat(answer.key()).startsWith(question.key().substring(0, 63));
      assertThat(answer.content()).hasSize(9000);
      keys.add(question.key());
    }
    return keys;
  }

  private static List<String> keysOf(Set<String> turns) {
    return turns.stream().map(turn -> Message.key(TALK, turn, Role.USER)).toList();
  }
}
