package io.kass.cli;

import io.kass.cli.terminal.Terminals;
import io.kass.cli.terminal.Wrap;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Everything around the process that a command depends on, so that a test can replace it: the only
 * place that reads the environment, the clock and chance.
 *
 * @param environment the environment's variables
 * @param directory the working directory
 * @param home the user's home directory
 * @param out standard output
 * @param err standard error
 * @param outIsTerminal whether a person sees standard output as it is written
 * @param errIsTerminal the same of standard error
 * @param outIsPipe whether another process reads standard output
 * @param columns where lines of standard output break
 * @param errColumns where lines of standard error break
 * @param outCharset how standard output writes characters
 * @param errCharset how standard error does
 * @param clock the time
 * @param random for ids; safe for use by several threads
 */
public record Surroundings(
    Map<String, String> environment,
    Path directory,
    Path home,
    OutputStream out,
    OutputStream err,
    boolean outIsTerminal,
    boolean errIsTerminal,
    boolean outIsPipe,
    int columns,
    int errColumns,
    Charset outCharset,
    Charset errCharset,
    InstantSource clock,
    RandomGenerator random) {

  /** Those of this process. */
  static Surroundings ofProcess() {
    Map<String, String> environment = System.getenv();
    boolean out = Terminals.isTerminal(1);
    boolean err = Terminals.isTerminal(2);
    return new Surroundings(
        environment,
        Path.of("").toAbsolutePath(),
        Path.of(System.getProperty("user.home")),
        new FileOutputStream(FileDescriptor.out),
        new FileOutputStream(FileDescriptor.err),
        out,
        err,
        Terminals.isPipe(1),
        Terminals.columns(out, environment),
        Terminals.columns(err, environment),
        Terminals.charset(System.getProperty("stdout.encoding")),
        Terminals.charset(System.getProperty("stderr.encoding")),
        Clock.systemUTC(),
        new SecureRandom());
  }

  /**
   * Those of a training run: a home directory of its own and nothing set, so that nothing of the
   * user's is touched; a terminal, since that is where KASS should be fast.
   */
  static Surroundings ofTraining(Path home) {
    Surroundings real = ofProcess();
    return new Surroundings(
        Map.of(),
        real.directory,
        home,
        OutputStream.nullOutputStream(),
        real.err,
        true,
        false,
        false,
        Terminals.USUAL_COLUMNS,
        Wrap.UNLIMITED,
        real.outCharset,
        real.errCharset,
        real.clock,
        real.random);
  }

  /** Those of a pipe that nobody watches: no terminal, no limit to lines, UTF-8. */
  public static Surroundings piped(
      Map<String, String> environment,
      Path directory,
      Path home,
      OutputStream out,
      OutputStream err,
      InstantSource clock,
      RandomGenerator random) {
    return new Surroundings(
        environment,
        directory,
        home,
        out,
        err,
        false,
        false,
        true,
        Wrap.UNLIMITED,
        Wrap.UNLIMITED,
        StandardCharsets.UTF_8,
        StandardCharsets.UTF_8,
        clock,
        random);
  }
}
