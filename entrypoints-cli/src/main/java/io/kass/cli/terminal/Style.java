package io.kass.cli.terminal;

/**
 * Emphasis, or none where colours are not wanted. Uses only what every colour terminal knows, and
 * no colour that depends on its background.
 *
 * @param enabled whether escape sequences may be written
 */
public record Style(boolean enabled) {
  public String bold(String text) {
    return apply("1", text);
  }

  public String dim(String text) {
    return apply("2", text);
  }

  public String green(String text) {
    return apply("32", text);
  }

  public String yellow(String text) {
    return apply("33", text);
  }

  public String red(String text) {
    return apply("31", text);
  }

  private String apply(String code, String text) {
    return enabled && !text.isEmpty() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
