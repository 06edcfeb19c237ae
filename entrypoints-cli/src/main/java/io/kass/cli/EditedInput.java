package io.kass.cli;

import io.kass.cli.terminal.Terminals;
import io.kass.ports.Cancellation;
import io.kass.ports.error.KassException.Unavailable;
import java.io.IOException;
import java.util.Objects;
import org.jline.keymap.KeyMap;
import org.jline.reader.Binding;
import org.jline.reader.Candidate;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.Reference;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.TerminalBuilder;

/**
 * A terminal at which a person edits what they ask: with history, several lines, completion of
 * commands. The only class that knows JLine's editor, so that nothing else loads it.
 */
final class EditedInput implements ChatInput {
  static final String PROMPT = "> ";
  static final String CONTINUED = "  ";

  /** Those of a terminal that does not tell. */
  private static final int LINES = 24;

  private static final String ENTER = "kass-enter";
  private static final String NEW_LINE = "kass-new-line";

  private final Invocation invocation;
  private final ChatHistory history;
  private final Terminal terminal;
  private final LineReader reader;

  private final CurrentTurn current = new CurrentTurn();

  EditedInput(Invocation invocation, ChatHistory history) {
    this.invocation = invocation;
    this.history = history;
    this.terminal = terminal(invocation.surroundings());
    terminal.handle(Signal.INT, signal -> current.cancel());
    this.reader = reader(terminal);
    history.read().forEach(reader.getHistory()::add);
  }

  private static Terminal terminal(Surroundings surroundings) {
    // Else JLine 4.5 tells of one Ctrl-C twice: of the key, and of a signal that it makes of it.
    System.setProperty(TerminalBuilder.PROP_SOFTWARE_SIGNALS, "false");
    try {
      Terminal terminal =
          TerminalBuilder.builder()
              .system(true)
              .systemOutput(TerminalBuilder.SystemOutput.SysOut)
              .encoding(surroundings.outCharset())
              // Asks the terminal what it can do, and would take what is typed ahead for its
              // answer.
              .graphemeCluster(false)
              .build();
      if (terminal.getSize().getColumns() <= 0) {
        // Some, such as those of containers, do not know how large they are.
        terminal.setSize(Size.of(surroundings.columns(), LINES));
      }
      return terminal;
    } catch (IOException | IllegalStateException e) {
      throw new Unavailable(
          "This terminal cannot be used for a chat. TERM=dumb makes do with less.", e);
    }
  }

  private static LineReader reader(Terminal terminal) {
    // Questions are prose: no character of theirs means anything to the editor.
    var parser = new DefaultParser().quoteChars(new char[0]).escapeChars(new char[0]);
    LineReader reader =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .appName("kass")
            .parser(parser)
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .option(LineReader.Option.HISTORY_TIMESTAMPED, false)
            .variable(LineReader.SECONDARY_PROMPT_PATTERN, CONTINUED)
            .variable(LineReader.HISTORY_SIZE, ChatHistory.MOST)
            .completer((ignored, line, candidates) -> {
              if (line.wordIndex() == 0 && line.line().startsWith("/")) {
                for (SlashCommand command : SlashCommand.values()) {
                  candidates.add(
                      new Candidate(
                          command.typed(),
                          command.typed(),
                          null,
                          command.what(),
                          null,
                          null,
                          true));
                }
              }
            })
            .build();
    reader.getWidgets().put(ENTER, () -> enter(reader));
    reader.getWidgets().put(NEW_LINE, () -> newLine(reader));
    KeyMap<Binding> keys = Objects.requireNonNull(reader.getKeyMaps().get(LineReader.MAIN));
    keys.bind(new Reference(ENTER), "\r", "\n");
    keys.bind(new Reference(NEW_LINE), KeyMap.alt('\r'), KeyMap.alt('\n'));
    return reader;
  }

  /** Enter ends the question, or goes on with it where a {@code \} stands at its end. */
  private static boolean enter(LineReader reader) {
    var buffer = reader.getBuffer();
    if (buffer.cursor() == buffer.length() && buffer.prevChar() == '\\') {
      buffer.backspace();
      return newLine(reader);
    }
    reader.callWidget(LineReader.ACCEPT_LINE);
    return true;
  }

  private static boolean newLine(LineReader reader) {
    reader.getBuffer().write('\n');
    return true;
  }

  @Override
  public Entry next() {
    while (true) {
      Thread waiting = Thread.currentThread();
      String text;
      try (var calledOff = invocation.cancellation().onCancel(waiting::interrupt)) {
        text = reader.readLine(PROMPT);
      } catch (UserInterruptException e) {
        invocation.cancellation().throwIfCancelled();
        return new Entry.GivenUp(e.getPartialLine().isEmpty());
      } catch (EndOfFileException e) {
        return new Entry.End();
      } finally {
        // JLine, and whatever comes next, must not take an old interruption for theirs.
        Thread.interrupted();
      }
      invocation.cancellation().throwIfCancelled();
      if (!text.isBlank()) {
        if (!SlashCommand.isMeant(text.strip())) {
          history.add(text);
        }
        return new Entry.Line(text.strip());
      }
    }
  }

  @Override
  public Cancellation.Registration answering(Cancellation turn) {
    return current.is(turn, invocation.cancellation());
  }

  @Override
  public boolean conversing() {
    return true;
  }

  @Override
  public int columns() {
    // The window may have another size by now.
    return Terminals.columns(
        terminal.getSize().getColumns(),
        invocation.surroundings().columns(),
        invocation.surroundings().environment());
  }

  @Override
  public void close() {
    try {
      terminal.close();
    } catch (IOException e) {
      throw new Unavailable("The terminal could not be put back as it was.", e);
    }
  }
}
