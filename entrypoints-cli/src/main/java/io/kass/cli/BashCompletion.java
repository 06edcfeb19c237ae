package io.kass.cli;

import io.kass.cli.CompletionModel.Choice;
import io.kass.cli.CompletionModel.Node;
import io.kass.cli.CompletionModel.Values;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes completion for bash (3.2 and newer), and for zsh through its emulation of bash's. */
final class BashCompletion {
  private static final String HEAD =
      """
      _kass_add() {
        local line
        while IFS= read -r line; do
          COMPREPLY+=("$prefix$line")
        done < <(compgen "$@" -- "$current")
      }

      _kass_files() {
        compopt -o filenames 2> /dev/null
        _kass_add "$1"
      }

      _kass() {
        local command='' prefix='' current previous i
        COMPREPLY=()
        for ((i = 1; i < COMP_CWORD; i++)); do
          case "$command:${COMP_WORDS[i]}" in
      """;

  /** Where {@code =} breaks words, as usual in bash, it stands alone; else within the word. */
  private static final String MIDDLE =
      """
          esac
        done
        current=${COMP_WORDS[COMP_CWORD]}
        previous=${COMP_WORDS[COMP_CWORD - 1]}
        if [[ $current == '=' ]]; then
          current=''
        elif [[ $previous == '=' ]]; then
          previous=${COMP_WORDS[COMP_CWORD - 2]}
        elif [[ $current == --*=* ]]; then
          previous=${current%%=*}
          prefix=$previous=
          current=${current#*=}
        fi
        case "$command:$previous" in
      """;

  private BashCompletion() {}

  static String bash(CompletionModel model) {
    return "# Completion of kass in bash, as 'kass completion bash' writes it.\n"
        + functions(model)
        + "complete -F _kass kass\n";
  }

  static String zsh(CompletionModel model) {
    return "#compdef kass\n# Completion of kass in zsh, as 'kass completion zsh' writes it.\n"
        + "(( $+functions[compdef] )) || { autoload -U +X compinit && compinit; }\n"
        + "autoload -U +X bashcompinit && bashcompinit\n"
        + functions(model)
        + "complete -o filenames -F _kass kass\n";
  }

  private static String functions(CompletionModel model) {
    var script = new StringBuilder(HEAD);
    for (Node node : model.commands()) {
      List<Choice> valued = node.options().stream().filter(o -> !o.values().isEmpty()).toList();
      script.append("      ").append(patterns(node, valued)).append(")\n");
      script.append("        ((i++))\n");
      script.append("        [[ ${COMP_WORDS[i]} != '=' ]] || ((i++))\n        ;;\n");
      for (String name : node.below()) {
        script.append(
            "      '%s:%s') command='%s' ;;\n".formatted(node.path(), name, node.under(name)));
      }
    }
    script.append(MIDDLE);
    for (Node node : model.commands()) {
      for (Choice option : node.options()) {
        for (Values values : option.values()) {
          script.append("    ").append(patterns(node, List.of(option))).append(")\n");
          script.append("      ").append(add(values)).append("\n      return\n      ;;\n");
        }
      }
    }
    script.append("  esac\n  case \"$command:$current\" in\n");
    for (Node node : model.commands()) {
      String options =
          node.options().stream().flatMap(o -> o.names().stream()).collect(Collectors.joining(" "));
      script.append("    '%s:-'*) _kass_add -W '%s' ;;\n".formatted(node.path(), options));
      Values rest = node.below().isEmpty() ? node.operands() : new Values.Words(node.below());
      script.append("    '%s:'*) %s ;;\n".formatted(node.path(), add(rest)));
    }
    return script.append("  esac\n}\n\n").toString();
  }

  private static String patterns(Node node, List<Choice> options) {
    Stream<String> names = options.stream().flatMap(option -> option.names().stream());
    return names
        .map(name -> "'" + node.path() + ":" + name + "'")
        .collect(Collectors.joining(" | "));
  }

  private static String add(Values values) {
    return switch (values) {
      case Values.Any() -> ":";
      case Values.Files() -> "_kass_files -f";
      case Values.Folders() -> "_kass_files -d";
      case Values.Words(List<String> words) -> "_kass_add -W '" + String.join(" ", words) + "'";
    };
  }
}
