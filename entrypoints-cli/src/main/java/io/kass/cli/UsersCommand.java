package io.kass.cli;

import io.kass.ports.error.KassException.InvalidRequest;
import picocli.CommandLine.Command;

/** Looks after what is held of users. */
@Command(
    name = "users",
    subcommands = {UsersEraseCommand.class})
final class UsersCommand implements Action {
  @Override
  public ExitCode run(Invocation invocation) {
    throw new InvalidRequest("Say what to do: kass users erase USER.");
  }
}
