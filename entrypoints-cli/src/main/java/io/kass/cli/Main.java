package io.kass.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import picocli.CommandLine;

/** Where the {@code kass} command starts. */
public final class Main {

  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    // Asked before everything else, and answered without loading anything else.
    if (arguments.length == 1 && arguments[0].equals("--version")) {
      System.out.println(Version.line());
      return;
    }
    System.exit(run(arguments, writer(System.out), writer(System.err)));
  }

  /** Runs one command and returns its exit code. */
  static int run(String[] arguments, PrintWriter out, PrintWriter err) {
    return new CommandLine(new KassCommand()).setOut(out).setErr(err).execute(arguments);
  }

  static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, stream.charset());
  }
}
