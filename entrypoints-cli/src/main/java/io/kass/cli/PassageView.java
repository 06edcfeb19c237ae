package io.kass.cli;

import io.kass.cli.terminal.Printable;
import io.kass.cli.terminal.Wrap;
import io.kass.ports.document.Place;
import java.util.List;

/**
 * Shows passages of a document: where each stands, the headings above it, and its text.
 *
 * @param output takes them
 * @param whole whether each is shown whole, or only how it begins
 */
record PassageView(Output output, boolean whole) {
  /** Longer beginnings are hard to go through. */
  private static final int BEGINNING = 78;

  void show(String title, Place place, String text) {
    if (output.json()) {
      return;
    }
    output.line("");
    output.line(title);
    int room = output.columns() == Wrap.UNLIMITED ? output.columns() : output.columns() - 2;
    String headings = References.headings(place);
    if (!headings.isEmpty()) {
      Wrap.lines(headings, room).forEach(line -> output.line("  " + output.style().dim(line)));
    }
    List<String> lines =
        whole
            ? Wrap.lines(Printable.text(text).strip(), room)
            : List.of(beginning(Printable.line(text), Math.min(room, BEGINNING)));
    lines.forEach(line -> output.line("  " + line));
  }

  private static String beginning(String line, int room) {
    List<String> lines = Wrap.lines(line, room - 1);
    return lines.size() == 1 ? line : lines.getFirst() + "…";
  }
}
