package io.kass.local.lucene;

import java.util.Arrays;
import java.util.List;
import org.apache.lucene.analysis.CharArraySet;

/**
 * Words that say nothing of what a text is about. Those that questions are made of count too: how
 * much of a question a chunk covers is judged by the words that are left.
 */
final class StopWords {
  private static final String ENGLISH_WORDS =
      """
      a about an and any are as at be been but by can could did do does doing for from had has have
      having he her hers him his how i if in into is it its me my no nor not of on or our ours
      please shall she should so some such tell than that the their theirs them then there these
      they this those to too was we were what when where which while who whom whose why will with
      would you your yours
      """;

  private static final String JAPANESE_WORDS =
      """
      これ それ あれ この その あの ここ そこ あそこ こちら そちら どこ どちら だれ 誰 なに なん 何 いつ どれ どの どんな
      どう どのような いくつ いくら なぜ 何故 する なる ある いる くださる ください 下さる いただく 教える おしえる
      知る こと もの ため よう とき とおり ところ 場合 さん です ます
      """;

  private StopWords() {}

  /** Lower case, as before stemming. */
  static CharArraySet english() {
    return set(ENGLISH_WORDS);
  }

  /** In their dictionary form. */
  static CharArraySet japanese() {
    return set(JAPANESE_WORDS);
  }

  private static CharArraySet set(String words) {
    List<String> all = Arrays.asList(words.strip().split("\\s+"));
    return CharArraySet.unmodifiableSet(new CharArraySet(all, false));
  }
}
