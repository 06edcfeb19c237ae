package io.kass.cli;

import io.kass.ports.error.KassException.InvalidRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;

/** Asks before something is gone for good. */
final class Confirmation {
  private Confirmation() {}

  /**
   * Whether it may be done.
   *
   * @param yes whether the command line says so already
   * @param question ends with a question mark
   * @throws InvalidRequest where there is nobody to ask
   */
  static boolean given(Invocation invocation, boolean yes, String question) {
    if (yes) {
      return true;
    }
    Surroundings surroundings = invocation.surroundings();
    Output output = invocation.output();
    if (!surroundings.inIsTerminal() || !surroundings.errIsTerminal() || output.json()) {
      throw new InvalidRequest(question + " Nobody can be asked here: say --yes to do it.");
    }
    output.ask(question + " [y/N]");
    String answer = line(surroundings.in()).strip().toLowerCase(Locale.ROOT);
    return answer.equals("y") || answer.equals("yes");
  }

  private static String line(InputStream in) {
    var line = new StringBuilder();
    try {
      for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
        line.append((char) c);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a terminal that cannot be read", e);
    }
    return line.toString();
  }
}
