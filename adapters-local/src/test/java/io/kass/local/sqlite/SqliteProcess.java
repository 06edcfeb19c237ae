package io.kass.local.sqlite;

import static io.kass.ports.TestScopes.scope;

import io.kass.ports.Metadata;
import io.kass.ports.TestScopes;
import io.kass.ports.conversation.ConversationId;
import io.kass.ports.conversation.Turn;
import io.kass.ports.error.KassException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What tests let other processes do with a database. */
final class SqliteProcess {
  static final ConversationId TALK = new ConversationId("talk");
  static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private SqliteProcess() {}

  /** {@code command directory arguments...}; prints what was done, a line each. */
  public static void main(String[] arguments) throws IOException {
    Path directory = Path.of(arguments[1]);
    try (var database = new SqliteDatabase(SqliteConfig.in(directory), InstantSource.system())) {
      switch (arguments[0]) {
        case "append" -> append(database, arguments[2], Integer.parseInt(arguments[3]));
        case "append-for-ever" -> append(database, arguments[2], Integer.MAX_VALUE);
        case "fill" -> fill(database);
        case "read-full" -> readFull(database, directory);
        case "read" -> {
          var log = new SqliteConversationLog(database);
          System.out.println("messages " + log.last(scope(), TALK, 10).size());
          tryOnce(database);
        }
        case "try" -> tryOnce(database);
        default -> throw new IllegalArgumentException(arguments[0]);
      }
    }
  }

  static Turn turn(String id) {
    // Several pages a turn, so that a commit is more than one write.
    return new Turn(
        id, TALK, TestScopes.USER, "q" + "?".repeat(3000), "a".repeat(9000), NOON, Metadata.EMPTY);
  }

  /** Appends turns and counts them, printing the number of each that is stored. */
  private static void append(SqliteDatabase database, String name, int count) {
    var log = new SqliteConversationLog(database);
    var ledger = new SqliteLedger(database);
    for (int i = 0; i < count; i++) {
      log.append(scope(), turn(name + "-" + i));
      ledger.add(scope(), "turns", 1, Long.MAX_VALUE, Instant.parse("2100-01-01T00:00:00Z"));
      System.out.println(i);
    }
  }

  /** Appends until there is no space, then tells what remained whole. */
  private static void fill(SqliteDatabase database) {
    var log = new SqliteConversationLog(database);
    for (int i = 0; ; i++) {
      try {
        log.append(scope(), turn("turn-" + i));
      } catch (KassException e) {
        System.out.println(e.getClass().getSimpleName() + ": " + e.getMessage());
        System.out.println("stored " + i);
        System.out.println("messages " + log.last(scope(), TALK, Integer.MAX_VALUE).size());
        System.out.println(
            "check " + database.read(scope(), session -> session.text("PRAGMA integrity_check")));
        return;
      }
    }
  }

  /**
   * Leaves databases as a command that ended and one that was killed do, fills the disk to its last
   * byte, and tells what can still be read, by several at once, and that nothing can be written.
   */
  private static void readFull(SqliteDatabase database, Path directory) throws IOException {
    new SqliteConversationLog(database).append(scope(), turn("turn"));
    Path killed = Files.createDirectory(directory.resolve("killed"));
    for (String file : List.of("kass.db", "kass.db-wal")) {
      Files.copy(directory.resolve(file), killed.resolve(file));
    }
    database.close();
    fill(directory.resolve("filler"));
    for (Path data : List.of(directory, killed)) {
      try (var full = new SqliteDatabase(SqliteConfig.in(data), InstantSource.system());
          ExecutorService threads = Executors.newFixedThreadPool(4)) {
        var log = new SqliteConversationLog(full);
        List<Callable<Integer>> reads =
            Collections.nCopies(8, () -> log.last(scope(), TALK, 10).size());
        for (Future<Integer> read : threads.invokeAll(reads)) {
          System.out.println("messages " + read.get());
        }
        tryOnce(full);
      } catch (InterruptedException | ExecutionException e) {
        throw new AssertionError(e);
      }
    }
    Files.delete(directory.resolve("filler"));
    try (var roomy = new SqliteDatabase(SqliteConfig.in(killed), InstantSource.system())) {
      tryOnce(roomy);
    }
  }

  private static void fill(Path filler) throws IOException {
    try (OutputStream out = Files.newOutputStream(filler)) {
      var page = new byte[4096];
      while (true) {
        out.write(page);
      }
    } catch (IOException full) {
      if (Files.getFileStore(filler).getUsableSpace() > 0) {
        throw full;
      }
    }
  }

  private static void tryOnce(SqliteDatabase database) {
    try {
      new SqliteConversationLog(database).append(scope(), turn("tried"));
      System.out.println("stored");
    } catch (KassException e) {
      System.out.println(e.getClass().getSimpleName() + ": " + e.getMessage());
    }
  }
}
