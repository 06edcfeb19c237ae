package io.kass.cli;

import io.kass.cli.terminal.DisplayWidth;
import io.kass.cli.terminal.Style;
import io.kass.cli.terminal.Wrap;
import io.kass.ports.error.KassException.InvalidRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The page that explains a command: a text resource written for 80 columns. On a narrower terminal
 * its paragraphs are filled again. A line with two spaces inside is the row of a table, whose
 * second cell is filled under itself; lines that begin with {@code $} or {@code -} stand for
 * themselves.
 *
 * @param text the page
 */
record HelpPage(String text) {
  private static final int WRITTEN_FOR = 80;
  private static final int NARROW = 60;

  /** The least columns that text is given. */
  private static final int LEAST_CELL = 12;

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
    if (columns >= WRITTEN_FOR) {
      return text.lines()
          .map(line -> line.isEmpty() || line.startsWith(" ") ? line : style.bold(line))
          .toList();
    }
    var lines = new ArrayList<String>();
    Part part = null;
    boolean synopsis = false;
    for (String line : text.lines().toList()) {
      if (part != null && part.goesOnWith(line)) {
        part = part.with(line.strip());
        continue;
      }
      if (part != null) {
        part.fill(columns, lines);
        part = null;
      }
      if (line.isEmpty()) {
        lines.add("");
      } else if (line.startsWith(" ")) {
        part = Part.of(line, synopsis);
      } else {
        lines.add(style.bold(line));
        synopsis = line.equals("SYNOPSIS");
      }
    }
    if (part != null) {
      part.fill(columns, lines);
    }
    return lines;
  }

  /**
   * A paragraph, an example, or a row of a table.
   *
   * @param indent the column it begins at
   * @param term the first cell of a row; empty where this is none
   * @param hang the column at which the second cell stands, or the text of a paragraph
   * @param words the text
   * @param flows whether the next line may belong to it
   */
  private record Part(int indent, String term, int hang, String words, boolean flows) {
    private static final Pattern ROW = Pattern.compile("(\\S+(?: \\S+)*)  +(\\S.*)");

    static Part of(String line, boolean synopsis) {
      String words = line.strip();
      int indent = line.length() - line.stripLeading().length();
      Matcher row = ROW.matcher(words);
      boolean fixed = synopsis || words.startsWith("$") || words.startsWith("-");
      return row.matches() && !fixed
          ? new Part(indent, row.group(1), indent + row.start(2), row.group(2), true)
          : new Part(indent, "", indent, words, !fixed);
    }

    boolean goesOnWith(String line) {
      Part next = of(line, false);
      return flows && next.flows && !line.isBlank() && next.term.isEmpty() && next.indent == hang;
    }

    Part with(String more) {
      return new Part(indent, term, hang, words + " " + more, flows);
    }

    void fill(int columns, List<String> lines) {
      // On a narrow terminal deep indents would leave no room.
      int margin = columns < NARROW ? (indent + 1) / 2 : indent;
      int column = hang - indent + margin;
      String first = " ".repeat(margin) + term;
      if (!term.isEmpty() && columns - column < LEAST_CELL) {
        // Nor would a second column: what the term means follows below it.
        lines.add(first);
        column = margin + 2;
        first = "";
      }
      String lead = first + " ".repeat(column - first.length());
      boolean whole = flows || DisplayWidth.of(words) <= columns - column;
      int after = whole ? column : column + 4;
      for (String line : Wrap.lines(words, Math.max(LEAST_CELL, columns - after))) {
        lines.add(lead + line);
        lead = " ".repeat(after);
      }
    }
  }
}
