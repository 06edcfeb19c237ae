package io.kass.cli;

import io.kass.ports.error.KassException.InvalidRequest;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints a script that lets a shell complete the command line. */
@Command(name = "completion")
final class CompletionCommand implements Action {
  static final List<String> SHELLS = List.of("bash", "zsh", "fish");

  @Parameters(arity = "1", paramLabel = "SHELL")
  private String shell = "";

  @Override
  public ExitCode run(Invocation invocation) {
    CompletionModel model = CompletionModel.of(CommandRunner.parser(new KassCommand()));
    String script =
        switch (shell) {
          case "bash" -> BashCompletion.bash(model);
          case "zsh" -> BashCompletion.zsh(model);
          case "fish" -> FishCompletion.fish(model);
          default ->
              throw new InvalidRequest(
                  "There is no completion for '" + shell + "'. There is for bash, zsh and fish.");
        };
    invocation.output().json(new Fields().put("shell", shell).put("script", script).json());
    invocation.output().piece(script);
    return ExitCode.FINE;
  }
}
