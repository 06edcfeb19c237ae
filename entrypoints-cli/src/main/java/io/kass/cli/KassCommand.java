package io.kass.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The root of the command tree: what {@code kass} alone is asked to do. */
@Command(
    name = "kass",
    description = "Answers questions from your own documents.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class KassCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing command");
  }
}
