package io.kass.cli;

import io.kass.cli.terminal.Terminals;
import io.kass.cli.terminal.Wrap;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Everything around the process that a command depends on, so that a test can replace it.
 *
 * @param environment the environment's variables
 * @param directory the working directory
 * @param home the user's home directory
 * @param in standard input
 * @param out standard output
 * @param err standard error
 * @param inIsTerminal whether a person types standard input
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
record Surroundings(
    Map<String, String> environment,
    Path directory,
    Path home,
    InputStream in,
    OutputStream out,
    OutputStream err,
    boolean inIsTerminal,
    boolean outIsTerminal,
    boolean errIsTerminal,
    boolean outIsPipe,
    int columns,
    int errColumns,
    Charset outCharset,
    Charset errCharset,
    InstantSource clock,
    RandomGenerator random) {

  /**
   * Those of a training run: a home directory of its own and nothing set, so that nothing of the
   * user's is touched; a terminal, since that is where KASS should be fast.
   */
  Surroundings forTraining(Path trainingHome) {
    return new Surroundings(
        Map.of(),
        directory,
        trainingHome,
        InputStream.nullInputStream(),
        OutputStream.nullOutputStream(),
        err,
        false,
        true,
        false,
        false,
        Terminals.USUAL_COLUMNS,
        Wrap.UNLIMITED,
        outCharset,
        errCharset,
        clock,
        random);
  }

  /** The same at a terminal that now has another width. */
  Surroundings resized(int width) {
    return new Surroundings(
        environment,
        directory,
        home,
        in,
        out,
        err,
        inIsTerminal,
        outIsTerminal,
        errIsTerminal,
        outIsPipe,
        width,
        errColumns == Wrap.UNLIMITED ? errColumns : width,
        outCharset,
        errCharset,
        clock,
        random);
  }
}
