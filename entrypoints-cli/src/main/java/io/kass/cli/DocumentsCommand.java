package io.kass.cli;

import io.kass.ports.error.KassException.InvalidRequest;
import picocli.CommandLine.Command;

/** Looks after the documents in the index. */
@Command(
    name = "documents",
    subcommands = {
      DocumentsListCommand.class,
      DocumentsShowCommand.class,
      DocumentsRemoveCommand.class
    })
final class DocumentsCommand implements Action {
  @Override
  public ExitCode run(Invocation invocation) {
    throw new InvalidRequest("Say what to do: kass documents list, show or remove.");
  }
}
