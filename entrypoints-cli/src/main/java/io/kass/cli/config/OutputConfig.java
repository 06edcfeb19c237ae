package io.kass.cli.config;

import java.time.ZoneId;

/**
 * Section {@code [output]}.
 *
 * @param color whether output is coloured
 * @param zone the time zone that times are shown in
 */
public record OutputConfig(Color color, ZoneId zone) {
  /** Times as the clock on the wall shows them. */
  public static final OutputConfig DEFAULTS = new OutputConfig(Color.AUTO, ZoneId.systemDefault());

  /** When colours are used. */
  public enum Color {
    /** At a terminal that knows them, unless {@code NO_COLOR} is set. */
    AUTO,
    ALWAYS,
    NEVER
  }
}
