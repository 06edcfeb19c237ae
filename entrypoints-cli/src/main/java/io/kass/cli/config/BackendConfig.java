package io.kass.cli.config;

/**
 * Section {@code [backend]}.
 *
 * @param name which backend answers; its own settings are in the section of its name
 */
public record BackendConfig(String name) {
  public static final BackendConfig DEFAULTS = new BackendConfig("embedded");
}
