package io.kass.cli;

import io.kass.cli.Session.Need;
import io.kass.cli.config.KassConfig;
import io.kass.cli.terminal.Printable;
import io.kass.cli.terminal.Style;
import io.kass.cli.terminal.Wrap;
import io.kass.ports.backend.Part;
import io.kass.ports.chat.ChatMessage;
import io.kass.ports.chat.ChatModel;
import io.kass.ports.chat.ChatRequest;
import io.kass.ports.embedding.Purpose;
import io.kass.ports.index.IndexDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/** Looks at everything that KASS needs, and says what to do where something is missing. */
@Command(name = "doctor")
final class DoctorCommand implements Action {
  private static final Duration CHAT_ALLOWED = Duration.ofSeconds(30);
  private static final Duration PARTS_ALLOWED = Duration.ofSeconds(20);
  private static final Duration ALLOWED = Duration.ofMinutes(2);
  private static final long LITTLE_SPACE = 1L << 30;
  private static final long NO_SPACE = 100L << 20;
  private static final Set<String> SECRETS =
      Set.of("chat.key", "legacy.embedding-key", "legacy.postgres-password");
  private static final int BEST_JAVA = 25;
  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);

  @Override
  public ExitCode run(Invocation invocation) {
    var checks = new ArrayList<Check>();
    checks.add(java());
    Check configuration = Check.of("settings", () -> settings(invocation.config()));
    checks.add(configuration);
    checks.add(data(invocation.config().data().dir()));
    if (configuration.status() != Check.Status.FAIL) {
      parts(invocation, checks);
    }
    boolean failed = checks.stream().anyMatch(check -> check.status() == Check.Status.FAIL);
    Output output = invocation.output();
    output.json(new Fields().put("healthy", !failed).put("checks", checks, Check::json).json());
    checks.forEach(check -> show(check, output));
    return exitCode(checks);
  }

  /** What has to be set right goes before what may pass. */
  private static ExitCode exitCode(List<Check> checks) {
    List<ExitCode> ends =
        checks.stream()
            .filter(check -> check.status() == Check.Status.FAIL)
            .map(Check::exit)
            .toList();
    if (ends.isEmpty()) {
      return ExitCode.FINE;
    }
    return ends.stream().allMatch(ExitCode.UNAVAILABLE::equals)
        ? ExitCode.UNAVAILABLE
        : ExitCode.MISCONFIGURED;
  }

  private static Check java() {
    int feature = Runtime.version().feature();
    String version = Runtime.version() + ", " + System.getProperty("java.vendor");
    return feature >= BEST_JAVA
        ? Check.ok("java", version)
        : Check.warn("java", version + ". KASS starts fastest on " + BEST_JAVA + ".");
  }

  /** Reads every section, so that a mistake shows here and not in a month. */
  private static Check settings(KassConfig config) {
    Sections.read(config);
    String file = config.file() + (Files.exists(config.file()) ? "" : " (not there)");
    String set =
        config.origins().entrySet().stream()
            .map(setting -> setting.getKey() + " (" + setting.getValue() + ")")
            .collect(Collectors.joining(", "));
    String message = file + (set.isEmpty() ? "; all as they come" : "; set: " + set);
    boolean secretInFile =
        SECRETS.stream()
            .anyMatch(secret -> config.file().toString().equals(config.origins().get(secret)));
    return secretInFile && othersMayEnter(config.file())
        ? Check.warn(
            "settings", message + ". Others can read the secret in it: chmod 600 " + config.file())
        : Check.ok("settings", message);
  }

  private static Check data(Path directory) {
    try {
      Path there = directory;
      while (!Files.exists(there) && there.getParent() != null) {
        there = there.getParent();
      }
      if (!Files.isWritable(there)) {
        return Check.fail(
            "data", directory + " cannot be written by this user. Choose another: --data-dir DIR");
      }
      long free = Files.getFileStore(there).getUsableSpace();
      String message =
          directory
              + (Files.exists(directory) ? "" : " (made by the first 'ingest')")
              + ", "
              + size(free)
              + " free";
      if (free < NO_SPACE) {
        return Check.fail("data", message + ". That is too little: make room.");
      }
      if (Files.exists(directory) && othersMayEnter(directory)) {
        return Check.warn(
            "data", message + ". Others can read it; if that is not meant: chmod 700 " + directory);
      }
      return free < LITTLE_SPACE
          ? Check.warn("data", message + ". That is little: make room.")
          : Check.ok("data", message);
    } catch (IOException e) {
      return Check.fail("data", directory + " cannot be looked at: " + e.getMessage());
    }
  }

  /** Whether anybody but the owner may read it, where the file system tells. */
  private static boolean othersMayEnter(Path path) {
    try {
      return path.getFileSystem().supportedFileAttributeViews().contains("posix")
          && Files.getPosixFilePermissions(path).stream().anyMatch(OTHERS::contains);
    } catch (IOException e) {
      return false;
    }
  }

  private static void parts(Invocation invocation, List<Check> checks) {
    Check opened =
        Check.of(
            "backend",
            () -> {
              try (Session session = Session.open(invocation, EnumSet.of(Need.CHAT))) {
                look(session, invocation, checks);
                return Check.ok("backend", session.backend().name().value());
              }
            });
    if (opened.status() != Check.Status.OK) {
      checks.add(opened);
    }
  }

  private static void look(Session session, Invocation invocation, List<Check> checks) {
    List<Part> apart = session.backend().inspection().look(invocation.scope(PARTS_ALLOWED));
    apart.forEach(part -> checks.add(Check.of(part)));
    if (apart.isEmpty() && Files.exists(invocation.config().data().dir())) {
      checks.add(Check.of("index", () -> index(session)));
      checks.add(Check.of("database", () -> database(session, invocation)));
    }
    checks.add(Check.of("embeddings", () -> embeddings(session, invocation)));
    checks.add(Check.of("chat", () -> chat(session.backend().chat(), invocation)));
  }

  private static Check index(Session session) {
    IndexDescription index = session.backend().index().description();
    return index.chunks() == 0
        ? Check.ok("index", "empty; begin with: kass ingest FOLDER")
        : Check.ok(
            "index",
            "%s, model %s, %d dimensions"
                .formatted(
                    Ingested.count(index.chunks(), "passage"), index.model(), index.dimension()));
  }

  private static Check database(Session session, Invocation invocation) {
    session.backend().ledger().get(invocation.scope(ALLOWED), "doctor");
    return Check.ok("database", "answers");
  }

  private static Check embeddings(Session session, Invocation invocation) {
    Instant began = invocation.surroundings().clock().instant();
    session
        .backend()
        .embeddings()
        .embed(invocation.scope(ALLOWED), Purpose.QUERY, List.of("Is the model well?"));
    Duration took = Duration.between(began, invocation.surroundings().clock().instant());
    return Check.ok(
        "embeddings",
        "%s; loaded, and a question understood, in %d ms"
            .formatted(session.backend().embeddings().info().id(), took.toMillis()));
  }

  private static Check chat(ChatModel chat, Invocation invocation) {
    if (!chat.present()) {
      return Check.ok(
          "chat",
          "no language model: answers are quotes. For written ones set KASS_CHAT_URL and"
              + " KASS_CHAT_MODEL.");
    }
    var request =
        new ChatRequest("", List.of(new ChatMessage.FromUser("Say OK.")), List.of(), 16, 0);
    chat.chat(invocation.scope(CHAT_ALLOWED), request, piece -> {});
    return Check.ok("chat", chat.id() + " answers");
  }

  private static void show(Check check, Output output) {
    Style style = output.style();
    String label =
        switch (check.status()) {
          case OK -> style.green("ok  ");
          case WARN -> style.yellow("warn");
          case FAIL -> style.red("fail");
        };
    String name = String.format(Locale.ROOT, "  %-10s  ", check.name());
    int indent = "ok  ".length() + name.length();
    int room = output.columns() == Wrap.UNLIMITED ? output.columns() : output.columns() - indent;
    List<String> lines = Wrap.lines(Printable.line(check.message()), Math.max(20, room));
    for (int i = 0; i < lines.size(); i++) {
      output.line((i == 0 ? label + name : " ".repeat(indent)) + lines.get(i));
    }
  }

  private static String size(long bytes) {
    return bytes >= 1L << 30
        ? String.format(Locale.ROOT, "%.1f GB", bytes / (double) (1L << 30))
        : String.format(Locale.ROOT, "%d MB", bytes >> 20);
  }
}
