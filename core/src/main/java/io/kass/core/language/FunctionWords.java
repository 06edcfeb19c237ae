package io.kass.core.language;

import java.util.Locale;
import java.util.Set;

/**
 * Words that carry a question but not its subject. They stand in every document, so a search is
 * better without them, and finding them proves nothing.
 */
public final class FunctionWords {
  private static final Set<String> ENGLISH =
      words(
          """
          a about all also am an and another any anyone are as at be because been being but by
          can could did do does doing don done each else every for from give had has have
          having he hello her here hers hi him his how how's i if in into is it its just let
          many may me might mine more most much must my no nor not now of on only onto or
          other our ours over own please s same shall she should show so some someone such t
          tell than that the their theirs them then there there's these they this those to too
          under us very via was we were what what's whats when where which who who's whom
          whose why will with without would you your yours
          """);

  private static final Set<String> JAPANESE =
      words(
          """
          何 誰 だれ いつ どこ どれ どの どう どんな どのような どのよう いくつ いくら 何時 なぜ なん どちら 教える 教え 教えて くださる ください 下さい
          方法 場合 こと もの とき 時 ため 人 名前 名 いう 言う 言 する なる ある いる できる 知る 知り たい ほしい 必要 これ それ あれ ここ そこ
          どれくらい どのくらい くらい ぐらい 以上 以下 際 わかる 分かる 行う 行なう 呼ぶ 何年 何人 何回 何日 何分 何秒 何件 何番 後 中 前 的 年 月 日
          回 件 分 秒 円 つ 番 歳 度 本 台 個 枚 者 よう やる もらう もらえる いい 良い よい お ご
          """);

  private FunctionWords() {}

  /** The question without its English function words; the whole of it when nothing else is left. */
  public static String dropped(String question) {
    var kept = new StringBuilder(question.length());
    int i = 0;
    while (i < question.length()) {
      int end = wordEnd(question, i);
      if (end == i) {
        kept.append(question.charAt(i++));
      } else {
        String word = question.substring(i, end);
        kept.append(isEnglish(word) && !isName(question, i, end) ? " " : word);
        i = end;
      }
    }
    return kept.chars().anyMatch(Character::isLetterOrDigit) ? kept.toString() : question;
  }

  /** Whether a word, as an index's analysis may give it, is about something. */
  public static boolean isContent(String word) {
    return !ENGLISH.contains(word) && !JAPANESE.contains(word);
  }

  /** A capital A that follows a word is what that is called: plan A, vitamin A. */
  private static boolean isName(String question, int begin, int end) {
    return end - begin == 1
        && question.charAt(begin) == 'A'
        && begin >= 2
        && question.charAt(begin - 1) == ' '
        && Character.isLetterOrDigit(question.charAt(begin - 2));
  }

  private static boolean isEnglish(String word) {
    // Capitals throughout are an abbreviation: IT, US, WHO.
    boolean shouted = word.length() > 1 && word.chars().noneMatch(Character::isLowerCase);
    return !shouted && ENGLISH.contains(word.toLowerCase(Locale.ROOT).replace('\u2019', '\''));
  }

  /** The end of the word that begins here, or {@code from} when none does. */
  private static int wordEnd(String text, int from) {
    int i = from;
    while (i < text.length() && (Character.isLetterOrDigit(text.charAt(i)) || joins(text, i))) {
      i++;
    }
    return i;
  }

  /** What holds a word or an identifier together, as in {@code don't} and {@code max_size}. */
  private static boolean joins(String text, int i) {
    return "'\u2019_-./:@#".indexOf(text.charAt(i)) >= 0
        && i > 0
        && i + 1 < text.length()
        && Character.isLetterOrDigit(text.charAt(i - 1))
        && Character.isLetterOrDigit(text.charAt(i + 1));
  }

  private static Set<String> words(String list) {
    return Set.of(list.strip().split("\\s+"));
  }
}
