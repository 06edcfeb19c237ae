package io.kass.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows the page of a command. */
@Command(name = "help")
final class HelpCommand implements Action {
  @Parameters(arity = "0..1", paramLabel = "COMMAND")
  private @Nullable String command;

  @Override
  public ExitCode run(Invocation invocation) {
    HelpPage.of(command == null ? "kass" : command).print(invocation.output());
    return ExitCode.FINE;
  }
}
