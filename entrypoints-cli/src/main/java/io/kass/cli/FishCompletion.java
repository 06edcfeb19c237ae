package io.kass.cli;

import io.kass.cli.CompletionModel.Choice;
import io.kass.cli.CompletionModel.Node;
import io.kass.cli.CompletionModel.Values;
import java.util.List;
import java.util.stream.Collectors;

/** Writes completion for fish (3.0 and newer). */
final class FishCompletion {
  private static final String HEAD =
      """
      # Completion of kass in fish, as 'kass completion fish' writes it.
      function __kass_at
          set -l command ''
          set -l skip 0
          set -l words (commandline -opc)
          for word in $words[2..-1]
              if test $skip = 1
                  set skip 0
                  continue
              end
              switch "$command:$word"
      """;

  private static final String MIDDLE =
      """
              end
          end
          test "$command" = "$argv[1]"
      end

      complete -c kass -e
      complete -c kass -f
      """;

  private FishCompletion() {}

  static String fish(CompletionModel model) {
    var script = new StringBuilder(HEAD);
    for (Node node : model.commands()) {
      String valued =
          node.options().stream()
              .filter(option -> !option.values().isEmpty())
              .flatMap(option -> option.names().stream())
              .map(name -> " '" + node.path() + ":" + name + "'")
              .collect(Collectors.joining());
      script.append("            case").append(valued).append("\n");
      script.append("                set skip 1\n");
      for (String name : node.below()) {
        script.append("            case '%s:%s'\n".formatted(node.path(), name));
        script.append("                set command '%s'\n".formatted(node.under(name)));
      }
    }
    script.append(MIDDLE);
    for (Node node : model.commands()) {
      String line = "complete -c kass -n \"__kass_at '" + node.path() + "'\"";
      for (String name : node.below()) {
        script.append("%s -a %s -d '%s'\n".formatted(line, name, about(node, name)));
      }
      if (node.below().isEmpty()) {
        String operands = values(node.operands());
        script.append(operands.isEmpty() ? "" : line + operands + "\n");
      }
      for (Choice option : node.options()) {
        script.append(line).append(names(option));
        // Where a value is asked for, fish offers files beside it unless it is told not to.
        option
            .values()
            .forEach(
                v -> script.append(v instanceof Values.Files ? " -r" : " -x").append(values(v)));
        script.append("\n");
      }
    }
    return script.toString();
  }

  /** What a command does: the first line of its help page. Commands below have none. */
  private static String about(Node node, String name) {
    if (!node.path().isEmpty()) {
      return "kass " + node.under(name);
    }
    String line = HelpPage.of(name).text().lines().skip(1).findFirst().orElse("");
    return line.substring(line.indexOf(" - ") + 3).replace("'", "\\'");
  }

  private static String names(Choice option) {
    return option.names().stream()
        .map(
            name -> name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1))
        .collect(Collectors.joining());
  }

  private static String values(Values values) {
    return switch (values) {
      case Values.Any() -> "";
      case Values.Files() -> " -F";
      case Values.Folders() -> " -a '(__fish_complete_directories)'";
      case Values.Words(List<String> words) -> " -a '" + String.join(" ", words) + "'";
    };
  }
}
