package io.kass.ports;

import java.util.Locale;

/**
 * A natural language, as far as search has to know it.
 *
 * @param code a lowercase primary language subtag of BCP 47 ({@code en}, {@code ja}), or {@code
 *     und} where it is not known
 */
public record Language(String code) {
  public static final Language ENGLISH = new Language("en");
  public static final Language JAPANESE = new Language("ja");
  public static final Language CHINESE = new Language("zh");
  public static final Language KOREAN = new Language("ko");

  /** Not known, or not a natural language. */
  public static final Language UNDETERMINED = new Language("und");

  public Language {
    if (code.length() < 2 || code.length() > 8 || !code.equals(code.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException("not a primary language subtag: " + code);
    }
  }
}
