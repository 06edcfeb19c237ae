package io.kass.cli;

import io.kass.ports.error.KassException.InvalidRequest;
import picocli.CommandLine.Command;

/** Looks after what was said. */
@Command(
    name = "conversations",
    subcommands = {
      ConversationsListCommand.class,
      ConversationsShowCommand.class,
      ConversationsDeleteCommand.class
    })
final class ConversationsCommand implements Action {
  @Override
  public ExitCode run(Invocation invocation) {
    throw new InvalidRequest("Say what to do: kass conversations list, show or delete.");
  }
}
