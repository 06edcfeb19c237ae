package io.kass.cli;

import io.kass.ports.error.KassException.InvalidRequest;
import java.util.Locale;
import picocli.CommandLine.Option;

/** The option of commands after which something is gone for good, and the question before. */
final class Confirmation {
  @Option(names = {"-y", "--yes"})
  private boolean yes;

  /**
   * Whether it may be done.
   *
   * @param question ends with a question mark
   * @throws InvalidRequest where there is nobody to ask
   */
  boolean given(Invocation invocation, String question) {
    if (yes) {
      return true;
    }
    Surroundings surroundings = invocation.surroundings();
    Output output = invocation.output();
    if (!surroundings.inIsTerminal() || !surroundings.errIsTerminal() || output.json()) {
      throw new InvalidRequest(question + " Nobody can be asked here: say --yes to do it.");
    }
    output.ask(question + " [y/N]");
    String line =
        new InputLines(surroundings.in(), surroundings.outCharset())
            .next(invocation.cancellation());
    String answer = line == null ? "" : line.strip().toLowerCase(Locale.ROOT);
    return answer.equals("y") || answer.equals("yes");
  }
}
