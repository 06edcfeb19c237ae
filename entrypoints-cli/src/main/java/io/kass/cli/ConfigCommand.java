package io.kass.cli;

import io.kass.ports.error.KassException.InvalidRequest;
import picocli.CommandLine.Command;

/** Shows the settings. */
@Command(
    name = "config",
    subcommands = {ConfigShowCommand.class, ConfigPathCommand.class})
final class ConfigCommand implements Action {
  @Override
  public ExitCode run(Invocation invocation) {
    throw new InvalidRequest("Say what to show: kass config show or path.");
  }
}
