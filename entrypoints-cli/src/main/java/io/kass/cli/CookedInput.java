package io.kass.cli;

import io.kass.ports.Cancellation;
import io.kass.ports.error.KassException.Cancelled;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;

/**
 * A terminal that cannot move its cursor ({@code TERM=dumb}: editors, logs of builds). The system
 * edits the line, and a {@code \} at its end lets it go on.
 */
final class CookedInput implements ChatInput {
  private static final String INTERRUPT = "INT";

  private final Invocation invocation;
  private final InputLines lines;

  private final CurrentTurn current = new CurrentTurn();

  private final Object before;

  CookedInput(Invocation invocation) {
    Surroundings surroundings = invocation.surroundings();
    this.invocation = invocation;
    lines = new InputLines(surroundings.in(), surroundings.outCharset());
    before = Signals.register(INTERRUPT, current::cancel);
  }

  @Override
  public Entry next() {
    var text = new StringBuilder();
    var typing = new Cancellation();
    try (var stop = answering(typing)) {
      while (true) {
        invocation.output().piece(text.isEmpty() ? EditedInput.PROMPT : EditedInput.CONTINUED);
        @Nullable String line = lines.next(typing);
        if (line == null) {
          return text.toString().isBlank() ? new Entry.End() : new Entry.Line(text.toString());
        }
        if (line.endsWith("\\")) {
          text.append(line, 0, line.length() - 1).append('\n');
        } else if (!text.append(line).toString().isBlank()) {
          return new Entry.Line(text.toString().strip());
        }
      }
    } catch (Cancelled stopped) {
      invocation.cancellation().throwIfCancelled();
      return new Entry.GivenUp(text.isEmpty());
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
    return invocation.surroundings().columns();
  }

  @Override
  public void close() {
    Signals.unregister(INTERRUPT, before);
  }
}
