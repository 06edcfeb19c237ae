package io.kass.core.tool;

import io.kass.core.language.FunctionWords;
import io.kass.core.tool.ActionWords.Group;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The user's own words in one message: what they ask for, and whom or what they name. What they
 * only pasted (code, quoted lines, all that follows a line that ends with a colon) is material like
 * any document. This is the only place where an action can come from, and it reads nothing but the
 * message. A request that is put in unusual words is not seen; then nothing happens, and the user
 * is told how to put it. Immutable.
 */
final class OwnWords {
  private static final Pattern PASTED =
      Pattern.compile("(?s)```.*?(?:```|\\z)|`[^`\\n]*`|(?m:^[ \\t]*>.*$)|(?<=[:：])[ \\t]*\\n.*");
  private static final Pattern QUOTED =
      Pattern.compile("\"[^\"\\n]*\"|“[^”\\n]*”|「[^」\\n]*」|『[^』\\n]*』|(?<!\\w)'[^'\\n]*'(?!\\w)");
  private static final Pattern SENTENCE = Pattern.compile("(?<=[!?。！？])|(?<=\\.)(?=\\s)|\\n");
  private static final Pattern TOKEN = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}'’_-]*|[,;:]");
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");
  private static final Pattern ISSUE_KEY = Pattern.compile("[a-z][a-z0-9_]+-\\d+");

  /** What may stand between an argument's name and its value. */
  private static final Pattern BETWEEN =
      Pattern.compile("^(?:[\\s:=#\"'“「(]|(?:is|to|as|the|of|called|named|key)\\b)*");

  private static final Pattern BESIDE = Pattern.compile("[\\s\"'”」)]*$");

  /** What may stand right before the verb of a request. */
  private static final Set<String> BEFORE_A_REQUEST =
      Set.of(
          ",",
          ";",
          ":",
          "please",
          "you",
          "and",
          "then",
          "also",
          "just",
          "kindly",
          "now",
          "so",
          "hey",
          "kass",
          "ok",
          "okay",
          "yes",
          "next",
          "first",
          "finally",
          "directly",
          "immediately",
          "hi",
          "hello",
          "lets",
          "let's",
          "ahead");

  /** A wish makes a request of what follows "to". */
  private static final Set<String> WISHES =
      Set.of("want", "need", "like", "love", "ask", "asking", "wish", "have", "help", "remember");

  /** What makes a question, a report or a refusal of a sentence when it stands before the verb. */
  private static final Set<String> NO_REQUEST =
      Set.of(
          "how",
          "what",
          "why",
          "when",
          "where",
          "who",
          "which",
          "whether",
          "not",
          "don't",
          "dont",
          "never",
          "without",
          "won't",
          "cannot",
          "can't",
          "shouldn't",
          "didn't",
          "doesn't",
          "avoid",
          "stop",
          "is",
          "are",
          "was",
          "were",
          "does",
          "did",
          "do",
          "should",
          "has",
          "says",
          "said",
          "told",
          "if");

  private static final String JAPANESE_REQUEST =
      "(?:を)?(?:(?:し)?て(?!い[るたま]|ある|は|も|から|よい|いい)|お願い|おねがい|願い|しろ|せよ|よろしく|頼)";
  private static final Pattern JAPANESE_NO_REQUEST =
      Pattern.compile("方法|どうやって|どうすれば|手順|しないで|ないで|せずに|やり方|とは|なぜ");

  private final String words;
  private final List<String> sentences;

  OwnWords(String message) {
    String own = PASTED.matcher(message).replaceAll("\n");
    words = plain(own);
    sentences = List.of(SENTENCE.split(plain(QUOTED.matcher(own).replaceAll(" \u201d "))));
  }

  /** Whether they ask for what a tool of this name does. */
  boolean askFor(String tool) {
    List<Group> groups = ActionWords.of(tool);
    return sentences.stream()
        .anyMatch(sentence -> asksInEnglish(sentence, groups) || asksInJapanese(sentence, groups));
  }

  /** Whether they name this value: it stands there whole, and is no mere word of a request. */
  boolean name(String value) {
    return !asksOnly(plain(value).strip()) && hold(value);
  }

  /**
   * Whether a value that stands there may be meant for this argument: where the words speak of the
   * argument by its name ("project"), the value stands beside that name.
   */
  boolean meanFor(String argument, String value) {
    String cue = plain(argument).replace('_', ' ');
    String wanted = plain(value).strip();
    boolean spoken = false;
    for (int at = words.indexOf(cue); at >= 0; at = words.indexOf(cue, at + 1)) {
      int end = at + cue.length();
      if (isEdge(words, at) && isEdge(words, end)) {
        spoken = true;
        String after = BETWEEN.matcher(words.substring(end)).replaceFirst("");
        String before = BESIDE.matcher(words.substring(0, at)).replaceFirst("");
        if ((after.startsWith(wanted) && isEdge(after, wanted.length()))
            || (before.endsWith(wanted) && isEdge(before, before.length() - wanted.length()))) {
          return true;
        }
      }
    }
    return !spoken;
  }

  /** Whether this stands there whole. */
  boolean hold(String value) {
    String wanted = plain(value).strip();
    if (wanted.isEmpty()) {
      return false;
    }
    for (int at = words.indexOf(wanted); at >= 0; at = words.indexOf(wanted, at + 1)) {
      if (isEdge(words, at) && isEdge(words, at + wanted.length())) {
        return true;
      }
    }
    return false;
  }

  private static boolean asksOnly(String value) {
    return WORD.matcher(value)
        .results()
        .map(MatchResult::group)
        .noneMatch(word -> FunctionWords.isContent(word) && !ActionWords.asksOnly(word));
  }

  /** Whether no word of an alphabet goes on here. */
  private static boolean isEdge(String text, int at) {
    if (at == 0 || at == text.length()) {
      return true;
    }
    return !(isAlphabetic(text.charAt(at - 1)) && isAlphabetic(text.charAt(at)));
  }

  private static boolean isAlphabetic(char c) {
    return Character.isLetterOrDigit(c) ? c < 0x2e80 : c == '_';
  }

  private static boolean asksInEnglish(String sentence, List<Group> groups) {
    var tokens = new ArrayList<String>();
    Matcher token = TOKEN.matcher(sentence);
    while (token.find()) {
      tokens.add(token.group().replace('’', '\''));
    }
    for (int verb = 0; verb < tokens.size(); verb++) {
      if (isRequest(tokens, verb, groups.getFirst())
          && hasRest(tokens.subList(verb + 1, tokens.size()), groups)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isRequest(List<String> tokens, int verb, Group group) {
    if (!group.words().contains(tokens.get(verb))) {
      return false;
    }
    List<String> before = tokens.subList(clause(tokens, verb), verb);
    if (before.stream().anyMatch(NO_REQUEST::contains)) {
      return false;
    }
    return before.isEmpty()
        || BEFORE_A_REQUEST.contains(before.getLast())
        || (before.getLast().equals("to") && before.stream().anyMatch(WISHES::contains));
  }

  /** Where the clause of a word begins. */
  private static int clause(List<String> tokens, int at) {
    int begin = at;
    while (begin > 0 && !tokens.get(begin - 1).matches("[,;:]")) {
      begin--;
    }
    return begin;
  }

  private static boolean hasRest(List<String> tokens, List<Group> groups) {
    return groups.stream()
        .skip(1)
        .allMatch(group ->
            group.optional()
                || tokens.stream()
                    .anyMatch(token ->
                        group.words().contains(token)
                            || (group.words().contains("ticket")
                                && ISSUE_KEY.matcher(token).matches())));
  }

  private static boolean asksInJapanese(String sentence, List<Group> groups) {
    if (JAPANESE_NO_REQUEST.matcher(sentence).find()) {
      return false;
    }
    boolean verb =
        groups.getFirst().words().stream()
            .filter(word -> word.charAt(0) >= 0x2e80)
            .anyMatch(word ->
                Pattern.compile(Pattern.quote(word) + JAPANESE_REQUEST).matcher(sentence).find());
    return verb
        && groups.stream()
            .skip(1)
            .allMatch(group ->
                group.optional()
                    || group.words().stream().anyMatch(sentence::contains)
                    || (group.words().contains("ticket") && ISSUE_KEY.matcher(sentence).find()));
  }

  /** One form of what looks the same. */
  private static String plain(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
  }
}
