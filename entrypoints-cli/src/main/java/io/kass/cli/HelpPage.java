package io.kass.cli;

import io.kass.cli.terminal.Style;
import io.kass.cli.terminal.Wrap;
import io.kass.ports.error.KassException.InvalidRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The page that explains a command: a text resource written for 80 columns. On a narrower terminal
 * its paragraphs are filled again; lines that begin with {@code $} or hold two spaces in a row are
 * examples and tables, and only break where they must.
 *
 * @param text the page
 */
record HelpPage(String text) {

  /** The page of a command; {@code kass} for the one about all of them. */
  static HelpPage of(String command) {
    String name = command.matches("[a-z]+") ? "help/" + command + ".txt" : "";
    try (InputStream stream = HelpPage.class.getResourceAsStream(name)) {
      if (name.isEmpty() || stream == null) {
        throw new InvalidRequest(
            "There is no command '" + command + "'. 'kass help' lists those that there are.");
      }
      return new HelpPage(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void print(Output output) {
    lines(output.columns(), output.style()).forEach(output::line);
  }

  /** The page as lines that fit. */
  List<String> lines(int columns, Style style) {
    var lines = new ArrayList<String>();
    var paragraph = new StringBuilder();
    int indent = 0;
    for (String line : text.lines().toList()) {
      String words = line.strip();
      int here = line.length() - line.stripLeading().length();
      boolean goesOn = !paragraph.isEmpty() && here == indent && flows(words);
      if (goesOn && columns < 80) {
        paragraph.append(' ').append(words);
        continue;
      }
      flush(paragraph, indent, columns, lines);
      if (here == 0 && !words.isEmpty()) {
        lines.add(style.bold(words));
      } else if (words.isEmpty()) {
        lines.add("");
      } else if (columns < 80 && flows(words)) {
        paragraph.append(words);
        indent = here;
      } else {
        fill(words, here, columns, lines);
      }
    }
    flush(paragraph, indent, columns, lines);
    return lines;
  }

  private static boolean flows(String words) {
    return !words.isEmpty()
        && !words.startsWith("$")
        && !words.startsWith("-")
        && !words.contains("  ");
  }

  private static void flush(StringBuilder paragraph, int indent, int columns, List<String> lines) {
    if (!paragraph.isEmpty()) {
      fill(paragraph.toString(), indent, columns, lines);
      paragraph.setLength(0);
    }
  }

  private static void fill(String words, int indent, int columns, List<String> lines) {
    // On a narrow terminal deep indents would leave no room.
    int margin = columns < 60 ? (indent + 1) / 2 : indent;
    int room = columns == Wrap.UNLIMITED ? columns : Math.max(10, columns - margin);
    Wrap.lines(words, room).forEach(line -> lines.add(" ".repeat(margin) + line));
  }
}
