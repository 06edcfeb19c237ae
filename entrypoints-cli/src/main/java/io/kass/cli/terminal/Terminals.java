package io.kass.cli.terminal;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether a stream is a terminal, how wide it is and how it writes characters. Java 21
 * can tell none of these for a single stream, so the launcher says it in system properties ({@code
 * kass.terminals}, {@code kass.columns}); without them Linux says it in {@code /proc}.
 */
public final class Terminals {
  /** The width assumed for a terminal that does not tell. */
  public static final int USUAL_COLUMNS = 80;

  private static final int NARROWEST = 20;

  private Terminals() {}

  /**
   * Whether the stream of this descriptor is a terminal.
   *
   * @param descriptor 0 for standard input, 1 for standard output, 2 for standard error
   */
  public static boolean isTerminal(int descriptor) {
    String told = System.getProperty("kass.terminals");
    if (told != null) {
      return told.indexOf((char) ('0' + descriptor)) >= 0;
    }
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException e) {
      // Not Linux, and not started by the launcher.
      return false;
    }
  }

  /**
   * Whether another process reads what is written to the stream of this descriptor; only Linux
   * tells.
   */
  public static boolean isPipe(int descriptor) {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
      return target.startsWith("pipe:") || target.startsWith("socket:");
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  /**
   * The width to break lines at: what {@code COLUMNS} asks for, else the terminal's own, else
   * {@link Wrap#UNLIMITED} where the stream is no terminal.
   */
  public static int columns(boolean terminal, Map<String, String> environment) {
    int asked = number(environment.get("COLUMNS"));
    if (asked > 0) {
      return Math.max(asked, NARROWEST);
    }
    if (!terminal) {
      return Wrap.UNLIMITED;
    }
    int told = number(System.getProperty("kass.columns"));
    return told > 0 ? Math.max(told, NARROWEST) : USUAL_COLUMNS;
  }

  /**
   * The width of a terminal that may have changed its size.
   *
   * @param now the width it tells; 0 where it does not
   * @param before the width it had
   */
  public static int columns(int now, int before, Map<String, String> environment) {
    boolean asked = number(environment.get("COLUMNS")) > 0;
    return asked || now <= 0 ? before : Math.max(now, NARROWEST);
  }

  /**
   * The charset of a stream: the one that Java found for it, and UTF-8 where that is mere ASCII,
   * which means that nobody chose one.
   *
   * @param name the value of {@code stdout.encoding} or {@code stderr.encoding}
   */
  public static Charset charset(@Nullable String name) {
    try {
      Charset found = name == null ? StandardCharsets.UTF_8 : Charset.forName(name);
      return found.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : found;
    } catch (UnsupportedCharsetException e) {
      return StandardCharsets.UTF_8;
    }
  }

  private static int number(@Nullable String text) {
    return text != null && text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
  }
}
