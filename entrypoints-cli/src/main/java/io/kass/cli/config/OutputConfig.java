package io.kass.cli.config;

/**
 * Section {@code [output]}.
 *
 * @param color whether output is coloured
 */
public record OutputConfig(Color color) {
  public static final OutputConfig DEFAULTS = new OutputConfig(Color.AUTO);

  /** When colours are used. */
  public enum Color {
    /** At a terminal that knows them, unless {@code NO_COLOR} is set. */
    AUTO,
    ALWAYS,
    NEVER
  }
}
