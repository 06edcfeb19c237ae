package io.kass.cli;

import io.kass.cli.config.KassConfig;
import java.nio.file.Files;
import picocli.CommandLine.Command;

/** Says where the settings file is. */
@Command(name = "path")
final class ConfigPathCommand implements Action {
  @Override
  public ExitCode run(Invocation invocation) {
    KassConfig config = invocation.config();
    Output output = invocation.output();
    output.json(
        new Fields()
            .put("file", config.file().toString())
            .put("exists", Files.exists(config.file()))
            .put("data", config.data().dir().toString())
            .put("cache", config.directories().cache().toString())
            .put("state", config.directories().state().toString())
            .json());
    output.line(config.file().toString());
    return ExitCode.FINE;
  }
}
