package io.kass.cli;

import io.kass.cli.terminal.JsonText;
import io.kass.ports.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was typed in chats before, in a file that only its owner can read: a JSON text a line, since
 * what was typed can have several. Each entry is written when it is typed. Whoever does not want a
 * line remembered begins it with a space, as in shells. Where the file cannot be read or written,
 * the chat goes on without.
 */
final class ChatHistory {
  /** How many entries are kept. */
  static final int MOST = 1000;

  private static final FileAttribute<?>[] OWNERS_FOLDER = onlyFor("rwx------");
  private static final FileAttribute<?>[] OWNERS_FILE = onlyFor("rw-------");

  private static final Set<StandardOpenOption> APPENDING =
      Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);

  private final Path file;

  ChatHistory(Path file) {
    this.file = file;
  }

  /** Its place among the files of a user. */
  static ChatHistory of(Invocation invocation) {
    return new ChatHistory(invocation.config().directories().state().resolve("chat-history"));
  }

  private static FileAttribute<?>[] onlyFor(String permissions) {
    boolean posix = Path.of("").getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  /** The entries, oldest first. */
  List<String> read() {
    try {
      List<String> lines = lines();
      List<String> kept = lines.subList(Math.max(0, lines.size() - MOST), lines.size());
      if (lines.size() > 2 * MOST) {
        replace(kept);
      }
      return texts(kept);
    } catch (IOException | UncheckedIOException e) {
      return List.of();
    }
  }

  /** Keeps an entry. */
  void add(String text) {
    if (text.isBlank() || text.startsWith(" ")) {
      return;
    }
    try {
      Files.createDirectories(file.getParent(), OWNERS_FOLDER);
      byte[] line = (JsonText.of(Json.of(text)) + "\n").getBytes(StandardCharsets.UTF_8);
      try (var channel = Files.newByteChannel(file, APPENDING, OWNERS_FILE)) {
        // In one piece, so that two chats at once keep their lines whole.
        channel.write(ByteBuffer.wrap(line));
      }
    } catch (IOException e) {
      return; // remembered until the chat ends
    }
  }

  /** Forgets everything. */
  void forget() throws IOException {
    Files.deleteIfExists(file);
  }

  private List<String> lines() throws IOException {
    try {
      // Not readAllLines, which would lose everything to one byte that is no UTF-8.
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  /** What is no entry, such as half a line of a process that was killed, is passed over. */
  private static List<String> texts(List<String> lines) {
    var texts = new ArrayList<String>();
    for (String line : lines) {
      if (entry(line) instanceof Json.Text(String text)) {
        texts.add(text);
      }
    }
    return texts;
  }

  private static @Nullable Json entry(String line) {
    try {
      return Json.parse(line);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private void replace(List<String> lines) throws IOException {
    Path part = Files.createTempFile(file.getParent(), "chat-history", ".part", OWNERS_FILE);
    Files.write(part, lines);
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
