package io.kass.cli;

import io.kass.cli.config.Directories;
import io.kass.cli.config.KassConfig;
import io.kass.cli.config.OutputConfig;
import io.kass.ports.Cancellation;
import io.kass.ports.Json;
import io.kass.ports.config.Nearest;
import io.kass.ports.error.KassException;
import io.kass.ports.error.KassException.Cancelled;
import io.kass.ports.error.KassException.Internal;
import io.kass.ports.error.KassException.InvalidRequest;
import io.kass.ports.error.KassException.Unavailable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Parses a command line, runs its command, and turns whatever happens into an exit code and a
 * message. No stack trace gets past this class.
 */
final class CommandRunner {
  /** The sections of the configuration that other parts of KASS read. */
  static final Set<String> SECTIONS =
      Set.of(
          "answers",
          "chat",
          "chunking",
          "documents",
          "embedded",
          "ingestion",
          "legacy",
          "limits",
          "prices");

  private final Surroundings surroundings;
  private final Cancellation cancellation;
  private final Composition composition;

  CommandRunner(Surroundings surroundings, Cancellation cancellation, Composition composition) {
    this.surroundings = surroundings;
    this.cancellation = cancellation;
    this.composition = composition;
  }

  ExitCode run(String... arguments) {
    // What goes wrong before the options are understood is told in the way they ask for.
    boolean json = Arrays.asList(arguments).contains("--json");
    var output = new Output(surroundings, json, false, OutputConfig.Color.AUTO);
    var root = new KassCommand();
    try {
      ParseResult parsed = parser(root).parseArgs(arguments);
      List<CommandLine> commands = parsed.asCommandLineList();
      CommandLine command = commands.getLast();
      if (root.options().help()) {
        HelpPage.of(commands.get(Math.min(1, commands.size() - 1)).getCommandName()).print(output);
        output.finish();
        return ExitCode.FINE;
      }
      KassConfig config = config(root.options());
      json = root.options().json();
      output = new Output(surroundings, json, root.options().quiet(), config.output().color());
      Action action = command.getCommand();
      ExitCode code =
          action.run(new Invocation(surroundings, config, output, cancellation, composition));
      output.finish();
      return code;
    } catch (ParameterException e) {
      return failed(new InvalidRequest(message(e), e), output, root.options());
    } catch (KassException e) {
      return failed(e, output, root.options());
    } catch (OutOfMemoryError e) {
      var failure =
          new Unavailable("There was not enough memory. Allow more: KASS_JAVA_OPTS=-Xmx4g", e);
      return failed(failure, output, root.options());
    } catch (RuntimeException | Error e) {
      String name = e.getClass().getSimpleName();
      return failed(
          new Internal("This is a fault of KASS itself (" + name + ").", e),
          output,
          root.options());
    }
  }

  /** The parser of the command line. */
  static CommandLine parser(KassCommand root) {
    return new CommandLine(root)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setAbbreviatedOptionsAllowed(false)
        .setPosixClusteredShortOptionsAllowed(false);
  }

  private KassConfig config(CommonOptions options) {
    return KassConfig.load(
        options.flags(),
        SECTIONS,
        surroundings.environment(),
        surroundings.home(),
        surroundings.directory());
  }

  private static String message(ParameterException e) {
    String command = e.getCommandLine().getCommandSpec().qualifiedName(" ");
    String said = String.valueOf(e.getMessage()).replaceAll("\\.$", "");
    Set<String> commands = e.getCommandLine().getSubcommands().keySet();
    if (e instanceof UnmatchedArgumentException unmatched
        && !commands.isEmpty()
        && !unmatched.getUnmatched().getFirst().startsWith("-")) {
      String given = unmatched.getUnmatched().getFirst();
      String nearest = Nearest.of(given, commands);
      return Nearest.isTypo(given, nearest)
          ? said + ". Did you mean " + nearest + "?"
          : said + ". The commands are " + String.join(", ", new TreeSet<>(commands)) + ".";
    }
    if (e instanceof UnmatchedArgumentException unmatched
        && !unmatched.getSuggestions().isEmpty()) {
      return said + ". Did you mean " + String.join(" or ", unmatched.getSuggestions()) + "?";
    }
    return said + ". See '" + command + " --help'.";
  }

  private ExitCode failed(KassException thrown, Output output, CommonOptions options) {
    // Parts that are closed under a command which was called off fail in ways of their own.
    KassException failure =
        cancellation.isCancelled()
            ? new Cancelled("Interrupted. What was done is kept.", thrown)
            : thrown;
    String message = failure.getMessage() + details(failure, options);
    output.json(json(failure, message));
    if (!output.json() || output.unwritable()) {
      output.failure(message);
    }
    output.flush();
    return ExitCode.of(failure);
  }

  /** A failure as {@code --json} tells it. */
  static Json.Obj json(KassException failure, String message) {
    Json what = new Fields().put("kind", ExitCode.kind(failure)).put("message", message).json();
    return new Fields().put("error", what).json();
  }

  /** Where a developer finds more, when that was asked for or is needed. */
  private String details(KassException failure, CommonOptions options) {
    if (failure instanceof Cancelled) {
      return "";
    }
    if (!options.debug()) {
      return failure instanceof Internal
          ? " Run the command again with --debug to keep the details."
          : "";
    }
    var log = new DebugLog(logFile(), surroundings.clock());
    try {
      log.write(failure);
      return " The details are in " + log.file() + ".";
    } catch (IOException e) {
      return " The details could not be written to " + log.file() + ".";
    }
  }

  private Path logFile() {
    return Directories.of(surroundings.environment(), surroundings.home())
        .state()
        .resolve("kass.log");
  }
}
