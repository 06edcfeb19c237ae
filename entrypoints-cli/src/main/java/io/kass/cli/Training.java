package io.kass.cli;

import io.kass.ports.Cancellation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the commands of a training file in one process while Java records which classes they load,
 * for the cache that makes later starts fast. No command of the user's.
 */
final class Training {

  private Training() {}

  /**
   * Runs every command of a file, as long as they end well.
   *
   * @param arguments the training file, the sample folder and an empty folder to work in
   */
  public static void main(String[] arguments) throws IOException {
    Path sample = Path.of(arguments[1]);
    Path home = Path.of(arguments[2]);
    Surroundings surroundings = Main.surroundings().forTraining(home);
    for (List<String> command : commands(Path.of(arguments[0]), sample, home)) {
      int exitCode = Main.run(command.toArray(new String[0]), surroundings, new Cancellation());
      if (exitCode != 0) {
        throw new IllegalStateException("kass " + command + " ended with " + exitCode);
      }
    }
  }

  /** Returns the commands of a training file, each as its list of arguments. */
  static List<List<String>> commands(Path file, Path sample, Path home) throws IOException {
    List<List<String>> commands = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      if (!line.isBlank() && !line.startsWith("#")) {
        commands.add(
            words(line).stream()
                .map(word ->
                    word.replace("{sample}", sample.toString()).replace("{home}", home.toString()))
                .toList());
      }
    }
    return commands;
  }

  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (Character.isWhitespace(c) && !quoted) {
        if (!word.isEmpty()) {
          words.add(word.toString());
          word.setLength(0);
        }
      } else {
        word.append(c);
      }
    }
    if (!word.isEmpty()) {
      words.add(word.toString());
    }
    return List.copyOf(words);
  }
}
