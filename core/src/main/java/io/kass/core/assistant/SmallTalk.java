package io.kass.core.assistant;

import io.kass.core.language.Languages;
import io.kass.ports.Language;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** Greetings and the like, for which nothing has to be searched: English and Japanese. */
final class SmallTalk {
  private static final Pattern ENGLISH =
      Pattern.compile(
          "(?:(?:hi|hello|hey|hiya|howdy|yo|greetings|good"
              + " (?:morning|afternoon|evening|night|day)|thanks|thank you|thx|cheers|very much|so"
              + " much|a lot|for (?:that|the help|your"
              + " help)|great|nice|cool|awesome|perfect|ok|okay|bye|good ?bye|see"
              + " you|later|again|today|there|kass|everyone|all) ?)*(?:how are you|how is it"
              + " going|hows it going|whats up|nice to meet you|who are you|what are you|whats your"
              + " name|what is your name|what can you do)?(?: today)?");

  private static final Pattern JAPANESE =
      Pattern.compile(
          "(?:(?:おはよう|こんにちは|こんばんは|おやすみ|はじめまして|初めまして|よろしく|お疲れ様|お疲れさま|おつかれ様|おつかれさま"
              + "|ありがとう|有難う|有り難う|どうも|さようなら|またね|じゃあね|やあ|もしもし|すみません|了解|承知|わかりました|分かりました"
              + "|元気|あなたは誰|あなたはだれ|お名前は|何ができ|なにができ)"
              + "(?:ございます|ございました|お願いします|です|でした|ですか|しました|ます|ますか|る|るの|の|か|さん|くん|ね|よ|kass|[、。！!？?〜～ー\\s])*)+");

  private SmallTalk() {}

  /** Whether a message is nothing else. */
  static boolean is(String text) {
    String plain = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    if (plain.length() > 80) {
      return false;
    }
    String words = plain.replaceAll("['’]", "").replaceAll("[^\\p{L}\\p{N}]+", " ").strip();
    return words.isEmpty()
        || ENGLISH.matcher(words).matches()
        || JAPANESE.matcher(plain.strip()).matches();
  }

  /** What is said where no model can. */
  static String reply(String text) {
    return Languages.ofQuestion(text).equals(Language.JAPANESE)
        ? "こんにちは。文書について何でもお尋ねください。"
        : "Hello. Ask me anything about your documents.";
  }
}
