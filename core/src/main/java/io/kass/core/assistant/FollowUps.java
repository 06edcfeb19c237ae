package io.kass.core.assistant;

import io.kass.core.language.FunctionWords;
import io.kass.ports.CallScope;
import io.kass.ports.chat.ChatMessage;
import io.kass.ports.chat.ChatModel;
import io.kass.ports.chat.ChatReply;
import io.kass.ports.chat.ChatRequest;
import io.kass.ports.chat.StopReason;
import io.kass.ports.error.KassException.Misconfigured;
import io.kass.ports.error.KassException.Rejected;
import io.kass.ports.error.KassException.Throttled;
import io.kass.ports.error.KassException.Unavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Makes a question that leans on what was said before stand alone, for the search: by the model
 * where there is one, else by putting the question before it in front. Thread-safe.
 */
final class FollowUps {
  private static final int LONGEST = 300;
  private static final int TOKENS = 128;

  private static final Pattern LEANING_BEGINNING =
      Pattern.compile(
          "^(?:and|but|or|also|then|so|why|what about|how about|what if|same|else|ok(?:ay)?,?"
              + " (?:and|but|so))\\b.*");
  private static final Pattern POINTING =
      Pattern.compile(
          "\\b(?:it|its|they|them|their|theirs|that|this|these|those|he|him|his|she|her|there|the"
              + " same|the other|the former|the latter|more)\\b");
  private static final Pattern JAPANESE_POINTING =
      Pattern.compile(
          "^(?:では|じゃあ|それ|これ|あれ|その|この|あの|そこ|ここ|そして|また|他に|ほかに|あと|なぜ|なんで|もっと|例えば|たとえば).*"
              + "|.*(?:それ|その場合|そこで|そのとき|同じ).*|.{1,14}(?:は|なら|も|について|の場合)[?？。]*$");
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}']+");
  private static final Set<String> PREPOSITIONS =
      Set.of(
          "for", "in", "on", "with", "without", "by", "at", "from", "to", "during", "after",
          "before");
  private static final int FEW_WORDS = 3;

  private final ChatModel model;

  FollowUps(ChatModel model) {
    this.model = model;
  }

  /** Whether a question looks as if it leaned on something. */
  static boolean leans(String question) {
    String plain = question.strip().toLowerCase(Locale.ROOT).replace('’', '\'');
    if (plain.length() > LONGEST) {
      return false;
    }
    if (plain.codePoints().anyMatch(c -> c >= 0x3040 && c <= 0x9fff)) {
      return JAPANESE_POINTING.matcher(plain).matches();
    }
    return LEANING_BEGINNING.matcher(plain).matches()
        || POINTING.matcher(plain).find()
        || isSlight(plain);
  }

  /** Whether it names nothing ("how long?"), or little and that by the way ("for admins?"). */
  private static boolean isSlight(String question) {
    List<String> words = WORD.matcher(question).results().map(MatchResult::group).toList();
    return words.stream().noneMatch(FunctionWords::isContent)
        || (words.size() <= FEW_WORDS && PREPOSITIONS.contains(words.getFirst()));
  }

  /**
   * The question by itself.
   *
   * @param earlier what was said before, at least one question of the user
   * @param meter counts what asking the model costs
   */
  String standAlone(CallScope scope, List<ChatMessage> earlier, String question, TurnMeter meter) {
    String byRule = byRule(earlier, question);
    if (!model.present()) {
      return byRule;
    }
    var messages = new ArrayList<>(earlier);
    messages.add(new ChatMessage.FromUser(Prompt.followUp(question)));
    try {
      var request = new ChatRequest(Prompt.REWRITE, messages, List.of(), TOKENS, 0);
      ChatReply reply = model.chat(scope, request, piece -> {});
      meter.used(model.id(), reply.usage());
      String rewritten = reply.message().text().strip();
      boolean whole =
          reply.stop() instanceof StopReason.EndTurn
              || reply.stop() instanceof StopReason.StopSequence;
      return whole && !rewritten.isEmpty() && rewritten.length() <= LONGEST
          ? rewritten.lines().findFirst().orElse(byRule)
          : byRule;
    } catch (Unavailable | Throttled | Misconfigured | Rejected e) {
      // The answer will meet the same trouble, and tell of it; a search can do without the model.
      return byRule;
    }
  }

  private static String byRule(List<ChatMessage> earlier, String question) {
    for (ChatMessage message : earlier.reversed()) {
      if (message instanceof ChatMessage.FromUser(String asked)) {
        return asked.length() <= LONGEST
            ? asked + "\n" + question
            : asked.substring(asked.length() - LONGEST) + "\n" + question;
      }
    }
    return question;
  }
}
