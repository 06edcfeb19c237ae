package io.kass.cli;

import io.kass.cli.config.OutputConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What can stand where on a command line, for shells that complete it.
 *
 * @param commands every command with those below it, the root first
 */
record CompletionModel(List<Node> commands) {
  CompletionModel {
    commands = List.copyOf(commands);
  }

  /** What a value can be. */
  sealed interface Values {
    /** Nobody can know. */
    record Any() implements Values {}

    /** A file or a folder. */
    record Files() implements Values {}

    /** A folder. */
    record Folders() implements Values {}

    /** One of these words. */
    record Words(List<String> words) implements Values {}
  }

  /**
   * An option that takes no value where {@code values} is empty, else one of these.
   *
   * @param names as they are typed
   */
  record Choice(List<String> names, List<Values> values) {}

  /**
   * A command.
   *
   * @param path its names below {@code kass}: {@code documents list}; empty for the root
   * @param below the names of the commands below it
   * @param options what begins with a dash
   * @param operands what its operands can be; any where it takes none
   */
  record Node(String path, List<String> below, List<Choice> options, Values operands) {
    /** The name of a command below this one, as a path. */
    String under(String name) {
      return path.isEmpty() ? name : path + " " + name;
    }
  }

  /** That of the real command line. */
  static CompletionModel of(CommandLine root) {
    List<String> names = List.copyOf(root.getSubcommands().keySet());
    var nodes = new ArrayList<Node>();
    add("", root, names, nodes);
    return new CompletionModel(nodes);
  }

  private static void add(
      String path, CommandLine command, List<String> commands, List<Node> nodes) {
    CommandSpec spec = command.getCommandSpec();
    List<Choice> options =
        spec.options().stream()
            .map(option ->
                new Choice(
                    List.of(option.names()),
                    option.arity().max() == 0 ? List.of() : List.of(values(option, commands))))
            .toList();
    Values operands =
        spec.positionalParameters().stream()
            .map(operand -> values(operand, commands))
            .findFirst()
            .orElse(new Values.Any());
    var node = new Node(path, List.copyOf(command.getSubcommands().keySet()), options, operands);
    nodes.add(node);
    command
        .getSubcommands()
        .forEach((name, below) -> add(node.under(name), below, commands, nodes));
  }

  /** By what the command line calls the value: labels are the same on all help pages. */
  private static Values values(ArgSpec argument, List<String> commands) {
    if (argument.completionCandidates() != null) {
      return new Values.Words(
          StreamSupport.stream(argument.completionCandidates().spliterator(), false)
              .map(word -> word.toLowerCase(Locale.ROOT))
              .toList());
    }
    return switch (argument.paramLabel()) {
      case "PATH", "FILE", "QUESTIONS.jsonl" -> new Values.Files();
      case "DIR" -> new Values.Folders();
      case "COMMAND" -> new Values.Words(commands);
      case "SHELL" -> new Values.Words(CompletionCommand.SHELLS);
      case "WHEN" -> new Values.Words(words(Arrays.stream(OutputConfig.Color.values())));
      default -> new Values.Any();
    };
  }

  private static List<String> words(Stream<? extends Enum<?>> constants) {
    return constants.map(constant -> constant.name().toLowerCase(Locale.ROOT)).toList();
  }
}
