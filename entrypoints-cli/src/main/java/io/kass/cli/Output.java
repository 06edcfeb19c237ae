package io.kass.cli;

import io.kass.cli.config.OutputConfig.Color;
import io.kass.cli.terminal.JsonText;
import io.kass.cli.terminal.Printable;
import io.kass.cli.terminal.Style;
import io.kass.cli.terminal.Wrap;
import io.kass.ports.Json;
import io.kass.ports.error.KassException.Unavailable;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a command says: its result to standard output, everything about how it went to standard
 * error. With {@code --json} the result is one document in UTF-8 and nothing else. Used by one
 * thread at a time.
 */
final class Output {
  private final Surroundings surroundings;
  private final boolean json;
  private final boolean quiet;
  private final Color color;
  private final Style style;
  private final Style errStyle;
  private final OutputStreamGuard outBytes;
  private final Writer out;
  private final Writer err;
  private final List<String> notices = new ArrayList<>();

  Output(Surroundings surroundings, boolean json, boolean quiet, Color color) {
    this.surroundings = surroundings;
    this.json = json;
    this.quiet = quiet;
    this.color = color;
    this.style = new Style(!json && colored(surroundings.outIsTerminal(), color));
    this.errStyle = new Style(colored(surroundings.errIsTerminal(), color));
    this.outBytes = new OutputStreamGuard(surroundings.out(), surroundings.outIsPipe());
    this.out = writer(outBytes, json ? StandardCharsets.UTF_8 : surroundings.outCharset());
    this.err = writer(new OutputStreamGuard(surroundings.err(), true), surroundings.errCharset());
  }

  /** The same at a terminal that now has another width. */
  Output resized(int columns) {
    return new Output(surroundings.resized(columns), json, quiet, color);
  }

  private static Writer writer(OutputStreamGuard bytes, Charset charset) {
    return new EncodableWriter(new BufferedOutputStream(bytes), charset);
  }

  private boolean colored(boolean terminal, Color color) {
    Map<String, String> environment = surroundings.environment();
    return switch (color) {
      case ALWAYS -> true;
      case NEVER -> false;
      case AUTO ->
          terminal
              && environment.getOrDefault("NO_COLOR", "").isEmpty()
              && !"dumb".equals(environment.get("TERM"));
    };
  }

  /** Emphasis on standard output. */
  Style style() {
    return style;
  }

  /** Where lines of standard output break. */
  int columns() {
    return surroundings.columns();
  }

  boolean json() {
    return json;
  }

  boolean quiet() {
    return quiet;
  }

  /** Whether a person sees standard output as it is written. */
  boolean watched() {
    return surroundings.outIsTerminal();
  }

  /** Writes a line of the result. The text must be {@link Printable}. */
  void line(String text) {
    if (!json) {
      write(out, text + "\n");
    }
  }

  /** Writes text of the result, its lines broken where the terminal ends. */
  void paragraph(String text) {
    Wrap.lines(text, surroundings.columns()).forEach(this::line);
  }

  /** Writes a part of the result at once, for whoever reads along. */
  void piece(String text) {
    if (!json) {
      write(out, text);
      flush();
    }
  }

  /** Writes the result as the one JSON document. */
  void json(Json.Obj document) {
    if (json) {
      write(out, JsonText.of(document) + "\n");
    }
  }

  /** Writes a part of the one JSON document, for results that are too many to be held. */
  void jsonPart(String text) {
    if (json) {
      write(out, text);
    }
  }

  /** Says how it went, unless nobody wants to know; what is said is also listed in JSON. */
  void notice(String text) {
    notices.add(text);
    if (!quiet) {
      flush();
      for (String line : Wrap.lines(Printable.text(text), surroundings.errColumns())) {
        write(err, errStyle.dim(line) + "\n");
      }
    }
  }

  /** Says what may help next time, to a person only, below what was said before. */
  void hint(String text) {
    aside("\n" + text);
  }

  /** Says what helps, to a person only. */
  void aside(String text) {
    if (surroundings.errIsTerminal() && surroundings.outIsTerminal() && !json && !quiet) {
      flush();
      for (String line : Wrap.lines(text, surroundings.errColumns())) {
        write(err, errStyle.dim(line) + "\n");
      }
      flush();
    }
  }

  /** What was noticed so far, for the one JSON document that tells of it. */
  List<String> takeNotices() {
    List<String> taken = List.copyOf(notices);
    notices.clear();
    return taken;
  }

  /** Says why it failed, in any case. */
  void failure(String text) {
    flush();
    String mark = "kass: ";
    List<String> lines = Wrap.lines(mark + Printable.text(text), surroundings.errColumns());
    write(err, errStyle.red(lines.getFirst()) + "\n");
    lines.stream().skip(1).forEach(line -> write(err, line + "\n"));
    flush();
  }

  /** Asks something that is answered on the same line. */
  void ask(String text) {
    flush();
    List<String> lines = Wrap.lines(Printable.text(text), surroundings.errColumns());
    write(err, String.join("\n", lines) + " ");
    flush();
  }

  /** A line on standard error that shows progress; it stays silent where nobody watches. */
  ProgressLine progress() {
    boolean watched =
        surroundings.errIsTerminal()
            && !quiet
            && !"dumb".equals(surroundings.environment().get("TERM"));
    return new ProgressLine(err, watched, surroundings.errColumns(), surroundings.clock());
  }

  /** Whether the result cannot be handed over, and someone should know. */
  boolean unwritable() {
    return outBytes.failure() != null;
  }

  /** Whether the reader of standard output went away. */
  boolean closedByReader() {
    return outBytes.closedByReader();
  }

  /** Hands over everything that was written. */
  void flush() {
    try {
      out.flush();
      err.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("the guards let nothing through", e);
    }
  }

  /**
   * Hands over everything that was written.
   *
   * @throws Unavailable when the result could not be written
   */
  void finish() {
    flush();
    IOException failure = outBytes.failure();
    if (failure != null) {
      throw new Unavailable(
          "The result could not be written: " + failure.getMessage() + ".", failure);
    }
  }

  private static void write(Writer writer, String text) {
    try {
      writer.write(text);
    } catch (IOException e) {
      throw new UncheckedIOException("the guards let nothing through", e);
    }
  }
}
