package io.kass.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kass.cli.terminal.Wrap;
import io.kass.ports.Cancellation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Runs the command inside of the test's process, in a home directory of its own, and keeps what it
 * wrote. Standard output is a pipe unless a test says that it is a terminal.
 */
final class Cli {
  /** Each run makes other ids. */
  private static final AtomicLong SEEDS = new AtomicLong();

  private final Path home;
  private final Map<String, String> environment = new TreeMap<>();
  private Path directory;
  private int terminalColumns;
  private Charset charset = StandardCharsets.UTF_8;
  private OutputStream out = new ByteArrayOutputStream();
  private InputStream in = InputStream.nullInputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private InstantSource clock = Clock.systemUTC();
  private boolean pipe = true;
  private final Composition composition;

  /** A command whose home and working directory is this one. */
  Cli(Path home) {
    this(home, Composition.DEFAULT);
  }

  /** The same made of other parts. */
  Cli(Path home, Composition composition) {
    this.composition = composition;
    try {
      this.home = home.toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.directory = this.home;
  }

  Cli in(Path workingDirectory) {
    this.directory = workingDirectory;
    return this;
  }

  Cli with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** Both outputs are a terminal of this width. */
  Cli atTerminal(int columns) {
    terminalColumns = columns;
    return this;
  }

  Cli encodedIn(Charset terminalCharset) {
    charset = terminalCharset;
    return this;
  }

  Cli at(InstantSource time) {
    clock = time;
    return this;
  }

  /** Standard input: what a person types at a terminal, or what comes out of a pipe. */
  Cli typing(String text) {
    in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** The same as it comes. */
  Cli reading(InputStream stream) {
    in = stream;
    return this;
  }

  /** Writes standard output to this instead of keeping it. */
  Cli to(OutputStream stream, boolean isPipe) {
    out = stream;
    pipe = isPipe;
    return this;
  }

  Result run(String... arguments) {
    return run(new Cancellation(), arguments);
  }

  Result run(Cancellation cancellation, String... arguments) {
    boolean terminal = terminalColumns > 0;
    int columns = terminal ? terminalColumns : Wrap.UNLIMITED;
    var surroundings =
        new Surroundings(
            environment,
            directory,
            home,
            in,
            out,
            err,
            terminal,
            terminal,
            terminal,
            pipe,
            columns,
            columns,
            charset,
            charset,
            clock,
            new Random(SEEDS.incrementAndGet()));
    int code = new CommandRunner(surroundings, cancellation, composition).run(arguments).number();
    String written = out instanceof ByteArrayOutputStream bytes ? bytes.toString(charset) : "";
    var result = new Result(code, written, err.toString(charset));
    if (out instanceof ByteArrayOutputStream bytes) {
      bytes.reset();
    }
    err.reset();
    return result;
  }

  /** What came of it. */
  record Result(int code, String out, String err) {
    /** Standard output, which must be one JSON document on one line. */
    JsonNode json() {
      assertThat(out).endsWith("\n").containsOnlyOnce("\n");
      try {
        return new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .readTree(out);
      } catch (JsonProcessingException e) {
        throw new AssertionError("not JSON: " + out, e);
      }
    }
  }
}
