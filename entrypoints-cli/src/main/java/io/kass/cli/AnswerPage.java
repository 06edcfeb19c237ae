package io.kass.cli;

import io.kass.cli.terminal.DisplayWidth;
import io.kass.cli.terminal.Printable;
import io.kass.cli.terminal.Style;
import io.kass.cli.terminal.Wrap;
import io.kass.ports.assistant.Answer;
import io.kass.ports.assistant.Citation;
import java.util.ArrayList;
import java.util.List;

/**
 * An answer as a person reads it.
 *
 * @param references names the documents
 * @param style emphasis
 * @param columns where lines break
 */
record AnswerPage(References references, Style style, int columns) {
  /** The least room that a quote is given beside its number. */
  private static final int NARROWEST = 20;

  /** Quotes, each with its number, its words behind a bar, and where they stand. */
  List<String> quotes(List<Citation> citations) {
    var lines = new ArrayList<String>();
    for (Citation citation : citations) {
      if (!lines.isEmpty()) {
        lines.add("");
      }
      String number = "[" + citation.number() + "] ";
      String indent = " ".repeat(number.length());
      String bar = "│ ";
      List<String> words =
          Wrap.lines(Printable.line(citation.quote()), room(number.length() + bar.length()));
      for (int i = 0; i < words.size(); i++) {
        lines.add((i == 0 ? style.bold(number) : indent) + style.dim(bar) + words.get(i));
      }
      lines.addAll(source(citation, indent, indent));
    }
    return lines;
  }

  /** A written answer, its lines broken. */
  List<String> text(String text) {
    return Wrap.lines(Printable.text(text), columns);
  }

  /** The list of what a written answer cites, for below it. */
  List<String> sources(List<Citation> citations) {
    var lines = new ArrayList<String>();
    for (Citation citation : citations) {
      String number = "[" + citation.number() + "] ";
      lines.addAll(source(citation, style.bold(number), " ".repeat(number.length())));
    }
    return lines;
  }

  /** What an answer says in place of one: declined, failed, waiting. */
  List<String> message(Answer answer) {
    String text =
        switch (answer) {
          case Answer.Given given -> given.text();
          case Answer.Declined declined -> declined.text();
          case Answer.PendingApproval pending -> pending.text();
          case Answer.Failed failed -> failed.text();
        };
    return text(text);
  }

  /**
   * Where a quote stands. The reference is never broken, so that a terminal can open it; its titles
   * follow on the same line where they fit.
   */
  private List<String> source(Citation citation, String first, String next) {
    String reference = references.place(citation.document(), citation.place());
    String headings = References.headings(citation.place());
    int used = next.length() + DisplayWidth.of(reference);
    if (headings.isEmpty()) {
      return List.of(first + reference);
    }
    if (columns == Wrap.UNLIMITED || used + 3 + DisplayWidth.of(headings) <= columns) {
      return List.of(first + reference + style.dim(" · " + headings));
    }
    var lines = new ArrayList<String>();
    lines.add(first + reference);
    Wrap.lines(headings, room(next.length())).forEach(line -> lines.add(next + style.dim(line)));
    return lines;
  }

  private int room(int used) {
    return columns == Wrap.UNLIMITED ? columns : Math.max(NARROWEST, columns - used);
  }
}
