package io.kass.documents.chat;

import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text as Slack marks it up: {@code <@U…>} people, {@code <#C…|name>} channels, {@code <!here>}
 * calls, {@code <url|words>} links, and three characters that are escaped.
 */
final class SlackText {
  private static final Pattern TAG = Pattern.compile("<([@#!]?)([^<>|]*)(?:\\|([^<>]*))?>");

  private SlackText() {}

  static String plain(String text, Map<String, String> people) {
    if (text.indexOf('<') < 0 && text.indexOf('&') < 0) {
      return text;
    }
    return TAG.matcher(text)
        .replaceAll(tag -> Matcher.quoteReplacement(shown(tag, people)))
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&");
  }

  private static String shown(MatchResult tag, Map<String, String> people) {
    String target = tag.group(2);
    String words = tag.group(3) == null ? "" : tag.group(3);
    return switch (tag.group(1)) {
      case "@" -> "@" + (words.isEmpty() ? people.getOrDefault(target, target) : words);
      case "#" -> "#" + (words.isEmpty() ? target : words);
      case "!" -> words.isEmpty() ? "@" + target : words;
      default -> link(target, words);
    };
  }

  private static String link(String target, String words) {
    String address = target.startsWith("mailto:") ? target.substring(7) : target;
    return words.isEmpty() || words.equals(address) ? address : words + " (" + address + ")";
  }
}
