package io.kass.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What can be said in a chat beside questions. */
enum SlashCommand {
  SOURCES("show the passages behind the last answer"),
  NEW("begin a new conversation"),
  HELP("show this"),
  QUIT("leave");

  private final String what;

  SlashCommand(String what) {
    this.what = what;
  }

  /** What it does. */
  String what() {
    return what;
  }

  /** As it is typed. */
  String typed() {
    return "/" + name().toLowerCase(Locale.ROOT);
  }

  /** Whether a line is meant as a command: {@code /word} and nothing else, unlike a path. */
  static boolean isMeant(String line) {
    return line.matches("/\\p{Alpha}*");
  }

  /** The command of this name, or none. */
  static Optional<SlashCommand> of(String line) {
    return Arrays.stream(values())
        .filter(command -> command.typed().equals(line.toLowerCase(Locale.ROOT)))
        .findFirst();
  }

  /** All of them, as they are typed. */
  static List<String> all() {
    return Arrays.stream(values()).map(SlashCommand::typed).toList();
  }
}
