package io.kass.cli;

import io.kass.ports.error.KassException.InvalidRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The root of the command tree: what {@code kass} alone is asked to do. */
@Command(
    name = "kass",
    subcommands = {
      AskCommand.class,
      ChatCommand.class,
      IngestCommand.class,
      SearchCommand.class,
      ChunksCommand.class,
      EvalCommand.class,
      DocumentsCommand.class,
      ConversationsCommand.class,
      UsersCommand.class,
      ConfigCommand.class,
      CompletionCommand.class,
      DoctorCommand.class,
      HelpCommand.class
    },
    versionProvider = Version.class)
final class KassCommand implements Action {
  @Mixin private CommonOptions options;

  @Option(names = "--version", versionHelp = true)
  private boolean version;

  @Override
  public ExitCode run(Invocation invocation) {
    if (version) {
      invocation.output().line(Version.line());
      return ExitCode.FINE;
    }
    throw new InvalidRequest("Say what to do, for example: kass ask --docs FOLDER \"question\"");
  }

  CommonOptions options() {
    return options;
  }
}
