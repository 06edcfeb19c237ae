package io.kass.cli;

import io.kass.ports.Cancellation;

/** One question a line, for pipes and files. */
final class PlainInput implements ChatInput {
  private final InputLines lines;
  private final Cancellation cancellation;
  private final int columns;

  PlainInput(Invocation invocation) {
    Surroundings surroundings = invocation.surroundings();
    lines = new InputLines(surroundings.in(), surroundings.outCharset());
    cancellation = invocation.cancellation();
    columns = surroundings.columns();
  }

  @Override
  public Entry next() {
    while (true) {
      String line = lines.next(cancellation);
      if (line == null) {
        return new Entry.End();
      }
      if (!line.isBlank()) {
        return new Entry.Line(line.strip());
      }
    }
  }

  @Override
  public Cancellation.Registration answering(Cancellation turn) {
    return cancellation.onCancel(turn::cancel);
  }

  @Override
  public boolean conversing() {
    return false;
  }

  @Override
  public int columns() {
    return columns;
  }

  @Override
  public void close() {
    // Standard input is not ours.
  }
}
