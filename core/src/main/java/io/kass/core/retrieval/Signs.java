package io.kass.core.retrieval;

import java.text.Normalizer;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a Japanese question has in common with a text although its words are others: an ideograph
 * ("休む" and "休暇") carries a meaning of its own. A word in Katakana, Latin letters or digits counts
 * as one sign.
 */
final class Signs {
  private static final Pattern SIGN =
      Pattern.compile("\\p{IsHan}|[\\p{IsLatin}\\p{N}]+|[\\p{IsKatakana}ー]{2,}");

  /** Signs that questions are made of. */
  private static final Set<String> GENERIC = Set.of("何年月日人名時中前後回件分秒円方者的".split(""));

  private Signs() {}

  /** The signs of a text that tell what it is about. */
  static Set<String> of(String text) {
    Set<String> signs = new HashSet<>();
    Matcher matcher =
        SIGN.matcher(Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT));
    while (matcher.find()) {
      signs.add(matcher.group());
    }
    signs.removeAll(GENERIC);
    return signs;
  }

  /** The share of these signs, at least one, that a text holds, from 0 to 1. */
  static double share(Set<String> signs, String text) {
    Set<String> held = of(text);
    return (double) signs.stream().filter(held::contains).count() / signs.size();
  }
}
