package io.kass.local.sqlite;

import static io.kass.ports.TestScopes.scope;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kass.local.sqlite.Session.Durability;
import io.kass.ports.CallScope;
import io.kass.ports.Metadata;
import io.kass.ports.TestClock;
import io.kass.ports.TestScopes;
import io.kass.ports.TestThreads;
import io.kass.ports.UserId;
import io.kass.ports.conversation.ConversationId;
import io.kass.ports.conversation.Turn;
import io.kass.ports.error.KassException.Cancelled;
import io.kass.ports.error.KassException.Misconfigured;
import io.kass.ports.error.KassException.Unavailable;
import io.kass.ports.ledger.LedgerEntry;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteDatabaseTest {
  private static final ConversationId TALK = new ConversationId("talk");

  private final CallScope scope = scope();

  @TempDir private Path directory;

  @Test
  void makesNothingBeforeItsFirstUse() {
    Path data = directory.resolve("data");
    try (var database = open(data)) {
      assertThat(data).doesNotExist();
      assertThat(new SqliteLedger(database).get(scope, "key")).isNull();
      assertThat(data.resolve("kass.db")).isRegularFile();
    }
    assertThat(data.resolve("kass.db-wal")).doesNotExist();
  }

  @Test
  void makesAFolderForItsOwnerOnly() throws IOException {
    Path data = directory.resolve("made/data");
    try (var database = open(data)) {
      write(database, "key", "value");
      for (String file : List.of("kass.db", "kass.db-wal", "kass.db-shm")) {
        assertThat(rights(data.resolve(file))).as(file).isEqualTo("rw-------");
      }
    }
    assertThat(rights(data)).isEqualTo("rwx------");
  }

  @Test
  void inAFolderThatIsSharedTheFileIsAsTheUserMakesFiles() throws IOException {
    Path data = Files.createDirectory(directory.resolve("shared"));
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxrwx---"));
    Path any = Files.createFile(data.resolve(".any"));
    try (var database = open(data)) {
      write(database, "key", "value");
    }
    assertThat(rights(data.resolve("kass.db"))).isEqualTo(rights(any));
  }

  private static String rights(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void keepsItsFileWhereverItIs() {
    for (String name :
        List.of(
            "a?b",
            "a%20b",
            "a#b",
            "a b",
            "\u65E5\u672C \uD83D\uDE00",
            "a'b\";c",
            "a&mode=memory")) {
      Path data = directory.resolve(name);
      try (var database = open(data)) {
        write(database, "key", name);
      }
      try (var database = open(data)) {
        assertThat(read(database, "key")).isEqualTo(name);
      }
      assertThat(data.resolve("kass.db")).isRegularFile();
    }
  }

  @Test
  void isMadeOnceByManyAtOnce() {
    for (int round = 0; round < 20; round++) {
      Path data = directory.resolve("round" + round);
      List<Boolean> written =
          TestThreads.atOnce(
              8,
              number ->
                  () -> {
                    try (var database = open(data)) {
                      write(database, "key " + number, "value");
                      return true;
                    }
                  });
      assertThat(written).hasSize(8);
    }
  }

  @Test
  void upgradesAnOlderFile() {
    var first =
        new SqliteSchema(List.of("CREATE TABLE note (text TEXT); INSERT INTO note VALUES ('old')"));
    var second =
        new SqliteSchema(
            List.of(
                first.steps().getFirst(),
                "ALTER TABLE note ADD COLUMN more TEXT; UPDATE note SET more = text || '!'"));
    try (var database = open(directory, first)) {
      assertThat(version(database)).isEqualTo(1);
    }
    try (var database = open(directory, second)) {
      assertThat(version(database)).isEqualTo(2);
      assertThat(text(database, "SELECT more FROM note")).isEqualTo("old!");
    }
  }

  @Test
  void writesNothingMoreOnceANewerOneUpgradedItsFile() {
    var steps = new ArrayList<>(SqliteSchema.CURRENT.steps());
    steps.add("CREATE TABLE more (text TEXT)");
    try (var old = open(directory);
        var newer = open(directory, new SqliteSchema(steps))) {
      write(old, "key", "value");
      write(newer, "newer key", "value");
      assertThatThrownBy(() -> write(old, "other key", "value"))
          .isInstanceOf(Misconfigured.class)
          .hasMessageContainingAll("format 4", "format 3");
    }
  }

  @Test
  void takesOutNotesOfVectorsThatAreNoLongerKeptThere() {
    var second = new SqliteSchema(SqliteSchema.CURRENT.steps().subList(0, 2));
    try (var database = open(directory, second)) {
      write(database, "embedded/model/cut/0a", "0b");
      write(database, "document/embedded/a.txt", "kept");
    }
    try (var database = open(directory)) {
      assertThat(read(database, "embedded/model/cut/0a")).isEmpty();
      assertThat(read(database, "document/embedded/a.txt")).isEqualTo("kept");
    }
  }

  @Test
  void leavesAFileAsItWasWhenItsUpgradeFails() {
    var first = new SqliteSchema(List.of("CREATE TABLE note (text TEXT)"));
    var broken =
        new SqliteSchema(
            List.of(first.steps().getFirst(), "CREATE TABLE other (text TEXT); CREATE NONSENSE"));
    try (var database = open(directory, first)) {
      assertThat(version(database)).isEqualTo(1);
    }
    try (var database = open(directory, broken)) {
      assertThatThrownBy(() -> version(database)).hasMessageContaining("kass.db");
    }
    try (var database = open(directory, first)) {
      assertThat(version(database)).isEqualTo(1);
      assertThat(text(database, "SELECT count(*) FROM sqlite_schema")).isEqualTo("1");
    }
  }

  @Test
  void refusesANewerFileAndNamesBothVersions() throws IOException {
    Path file = directory.resolve("kass.db");
    try (var database = open(directory, new SqliteSchema(List.of("", "", "", "")))) {
      assertThat(version(database)).isEqualTo(4);
    }
    byte[] before = Files.readAllBytes(file);
    try (var database = open(directory)) {
      assertThatThrownBy(() -> read(database, "key"))
          .isInstanceOf(Misconfigured.class)
          .hasMessageContainingAll(file.toString(), "format 4", "up to 3");
    }
    assertThat(file).hasBinaryContent(before);
  }

  @Test
  void opensAFileOfTheFirstVersion() throws IOException {
    try (var golden = getClass().getResourceAsStream("version-1.db")) {
      Files.write(directory.resolve("kass.db"), golden.readAllBytes());
    }
    try (var database = open(directory)) {
      var log = new SqliteConversationLog(database);
      assertThat(log.last(scope, TALK, 10)).isEqualTo(turn("golden").messages());
      assertThat(read(database, "golden")).isEqualTo("value");
    }
  }

  @Test
  void refusesTheFileOfAnotherProgram() throws IOException {
    Path file = directory.resolve("kass.db");
    try (var session = raw(directory)) {
      session.execute("CREATE TABLE theirs (text TEXT)");
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
    byte[] before = Files.readAllBytes(file);
    try (var database = open(directory)) {
      assertThatThrownBy(() -> write(database, "key", "value"))
          .isInstanceOf(Misconfigured.class)
          .hasMessageContaining("another program");
    }
    assertThat(file).hasBinaryContent(before);
  }

  @Test
  void refusesWhatIsNoDatabase() throws IOException {
    Path file = directory.resolve("kass.db");
    Files.writeString(file, "This is no database. ".repeat(1000));
    try (var database = open(directory)) {
      assertThatThrownBy(() -> read(database, "key"))
          .isInstanceOf(Misconfigured.class)
          .hasMessageContainingAll(file.toString(), "damaged", "move it away");
    }
    assertThat(file).content().startsWith("This is no database.");
  }

  @Test
  void saysThatAFileIsDamaged() throws IOException {
    Path file = directory.resolve("kass.db");
    try (var database = open(directory)) {
      for (int i = 0; i < 200; i++) {
        new SqliteConversationLog(database).append(scope, SqliteProcess.turn("turn " + i));
      }
    }
    try (var bytes = new RandomAccessFile(file.toFile(), "rw")) {
      for (long at = 4096; at < bytes.length(); at += 4096) {
        bytes.seek(at);
        bytes.write(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16});
      }
    }
    try (var database = open(directory)) {
      var log = new SqliteConversationLog(database);
      assertThatThrownBy(() -> log.last(scope, TALK, 1000))
          .isInstanceOf(Misconfigured.class)
          .hasMessageContaining("damaged");
    }
  }

  @Test
  void saysThatAFileStandsWhereTheFolderShouldBe() throws IOException {
    Path data = Files.writeString(directory.resolve("data"), "a file");
    for (Path folder : List.of(data, data.resolve("below"))) {
      try (var database = open(folder)) {
        assertThatThrownBy(() -> write(database, "key", "value"))
            .isInstanceOf(Misconfigured.class)
            .hasMessageContaining("cannot be written");
      }
    }
  }

  @Test
  void waitsForAnotherProcessOnlySoLong() throws SQLException {
    var config =
        new SqliteConfig(
            directory.resolve("kass.db"), directory.resolve("native"), Duration.ofMillis(50), 2);
    try (var database = new SqliteDatabase(config, InstantSource.system());
        var other = raw(directory)) {
      write(database, "key", "value");
      other.execute("BEGIN IMMEDIATE");
      assertThatThrownBy(() -> write(database, "other key", "value"))
          .isInstanceOf(Unavailable.class)
          .hasMessageContaining("Try again");
      assertThat(read(database, "key")).isEqualTo("value");
      other.execute("ROLLBACK");
      write(database, "other key", "value");
    }
  }

  @Test
  void waitsNoLongerThanTheCallerDoes() throws SQLException {
    try (var database = open(directory);
        var other = raw(directory)) {
      write(database, "key", "value");
      other.execute("BEGIN IMMEDIATE");
      CallScope hurried = TestScopes.scope(InstantSource.system(), Duration.ofMillis(100));
      assertThatThrownBy(
              () -> new SqliteLedger(database).compareAndSet(hurried, "new", 0, "value", null))
          .isInstanceOf(Unavailable.class);
    }
  }

  @Test
  void readsWhileSomebodyWrites() {
    try (var database = open(directory)) {
      write(database, "key", "old");
      var written = new CountDownLatch(1);
      var read = new CountDownLatch(1);
      List<String> seen =
          TestThreads.atOnce(
              2,
              number ->
                  () ->
                      number == 0
                          ? database.write(
                              scope,
                              Durability.PROCESS,
                              session -> {
                                session.update("UPDATE entry SET value = 'new'");
                                written.countDown();
                                await(read);
                                return "done";
                              })
                          : readBetween(database, written, read));
      assertThat(seen).containsExactly("done", "old");
      assertThat(read(database, "key")).isEqualTo("new");
    }
  }

  private String readBetween(SqliteDatabase database, CountDownLatch written, CountDownLatch read) {
    await(written);
    try {
      return read(database, "key");
    } finally {
      read.countDown();
    }
  }

  @Test
  void servesMoreCallersThanItHasConnections() {
    try (var database = open(directory)) {
      var ledger = new SqliteLedger(database);
      Instant expiry = Instant.parse("2100-01-01T00:00:00Z");
      TestThreads.atOnce(32, number -> () -> ledger.add(scope, "sum", 1, 100, expiry));
      assertThat(ledger.add(scope, "sum", 0, 100, expiry)).isEqualTo(32);
    }
  }

  @Test
  void stopsWaitingWhenInterrupted() {
    try (var database = open(directory)) {
      write(database, "key", "value");
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> write(database, "other", "value")).isInstanceOf(Cancelled.class);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void undoesWorkThatRefuses() {
    try (var database = open(directory)) {
      assertThatThrownBy(() ->
              database.write(
                  scope,
                  Durability.PROCESS,
                  session -> {
                    session.update("INSERT INTO entry VALUES ('key', 1, 'value')");
                    throw new Cancelled("on second thought");
                  }))
          .isInstanceOf(Cancelled.class);
      assertThat(new SqliteLedger(database).get(scope, "key")).isNull();
      write(database, "key", "value");
    }
  }

  @Test
  void isOfNoUseOnceClosed() {
    var database = open(directory);
    write(database, "key", "value");
    database.close();
    database.close();
    assertThatThrownBy(() -> read(database, "key"))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("closed");
  }

  @Test
  void leavesNoTraceOfADeletedUserInItsFiles() throws IOException {
    var user = new UserId("canary-user");
    try (var database = open(directory)) {
      var log = new SqliteConversationLog(database);
      for (int i = 0; i < 50; i++) {
        log.append(scope, turn("of others " + i));
        log.append(
            scope,
            new Turn(
                "t" + i,
                new ConversationId("canary-talk" + i),
                user,
                "canary question",
                "canary answer".repeat(500),
                Instant.parse("2026-03-01T12:00:00Z"),
                Metadata.EMPTY));
      }
      assertThat(traces("canary")).isTrue();
      assertThat(log.deleteUser(scope, user)).isEqualTo(100);
      assertThat(traces("canary")).isFalse();
      assertThat(log.last(scope, TALK, 1000)).hasSize(100);
    }
  }

  private boolean traces(String canary) throws IOException {
    try (Stream<Path> files = Files.list(directory).filter(Files::isRegularFile)) {
      for (Path file : files.toList()) {
        String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        if (bytes.contains(canary)) {
          return true;
        }
      }
      return false;
    }
  }

  @Test
  @Tag("A9")
  void takesTextForTextWhateverItSays() {
    String evil = "'; DROP TABLE message; -- \"' OR 1=1 %_\\";
    try (var database = open(directory)) {
      var log = new SqliteConversationLog(database);
      log.append(scope, turn("1"));
      var talk = new ConversationId(evil);
      Turn turn = new Turn(evil, talk, new UserId(evil), evil, evil, Instant.EPOCH, Metadata.EMPTY);
      log.append(scope, turn);
      assertThat(log.last(scope, talk, 10)).isEqualTo(turn.messages());
      assertThat(log.list(scope, new UserId("' OR 1=1 --"), 10)).isEmpty();
      assertThat(log.deleteUser(scope, new UserId("%"))).isZero();
      assertThat(log.delete(scope, talk)).isTrue();
      assertThat(log.last(scope, TALK, 10)).hasSize(2);
    }
  }

  static Turn turn(String id) {
    return new Turn(
        id,
        TALK,
        TestScopes.USER,
        "question",
        "answer",
        Instant.parse("2026-03-01T12:00:00Z"),
        Metadata.EMPTY);
  }

  private static SqliteDatabase open(Path data) {
    return open(data, SqliteSchema.CURRENT);
  }

  private static SqliteDatabase open(Path data, SqliteSchema schema) {
    return new SqliteDatabase(SqliteConfig.in(data), schema, new TestClock());
  }

  private static Session raw(Path data) throws SQLException {
    SqliteConfig config = SqliteConfig.in(data);
    return new Session(SqliteDriver.connect(config.file(), config.nativeDirectory(), false), false);
  }

  private void write(SqliteDatabase database, String key, String value) {
    assertThat(new SqliteLedger(database).compareAndSet(scope, key, 0, value, null)).isEqualTo(1);
  }

  private String read(SqliteDatabase database, String key) {
    LedgerEntry entry = new SqliteLedger(database).get(scope, key);
    return entry == null ? "" : entry.value();
  }

  private long version(SqliteDatabase database) {
    return database.<Long>read(scope, session -> session.number("PRAGMA user_version"));
  }

  private String text(SqliteDatabase database, String sql) {
    return database.read(scope, session -> session.text(sql));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
