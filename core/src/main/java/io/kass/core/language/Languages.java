package io.kass.core.language;

import io.kass.ports.Language;
import io.kass.ports.embedding.EmbeddingInfo;

/**
 * Tells the language of a text from its letters and, in Latin script, from its commonest words. The
 * same text always gives the same answer; only its first few thousand characters count.
 *
 * <p>{@link Language#UNDETERMINED} is said only of texts in Latin letters, such as code, tables and
 * error numbers, and of texts without letters: every other script gives at least the language that
 * most often uses it. So a model of English may be asked about the undetermined, and about nothing
 * else that is not English.
 */
public final class Languages {
  private static final Language RUSSIAN = new Language("ru");

  /** The code for languages that have none. */
  private static final Language UNLISTED = new Language("mis");

  /** A letter of a language without spaces stands for about this many of one with them. */
  private static final int LETTERS_A_SIGN = 3;

  /** Up to this many letters, a single hiragana shows that the grammar is Japanese. */
  private static final int SHORT = 100;

  /** Longer texts are in a language if at least one letter in so many is. */
  private static final int ONE_IN = 10;

  /** A text with this many ideographs and no kana is hardly Japanese. */
  private static final int MANY = 40;

  /** Forms that Chinese uses and today's Japanese does not. */
  private static final String CHINESE_FORMS =
      "们这说时个为对过应请问吗呢么谁哪样发开关东车门间员业务复动电网络错误证设计說沒嗎您妳她从众优传伤侧债倾" + "偿处备够头夺妇孙实审宽导层岁币带帮";

  private Languages() {}

  /** The language of a passage or of a question, which may be a word or two. */
  public static Language detect(String text) {
    ScriptShares scripts = ScriptShares.of(text);
    if (scripts.letters() == 0) {
      return Language.UNDETERMINED;
    }
    if (isEastAsian(scripts)) {
      return eastAsian(text, scripts);
    }
    if (scripts.cyrillic() > scripts.latin()) {
      return RUSSIAN;
    }
    return scripts.other() > scripts.latin() ? ofOtherScript(text) : LatinProfiles.detect(text);
  }

  /** The language of a question, which may be a word or two. */
  public static Language ofQuestion(String text) {
    return detect(text);
  }

  /**
   * Whether the model's vectors of texts in this language are worth having. The undetermined is in
   * Latin letters, where every model knows at least the pieces.
   */
  public static boolean embeddable(Language language, EmbeddingInfo model) {
    return model.speaks(language) || language.equals(Language.UNDETERMINED);
  }

  private static boolean isEastAsian(ScriptShares scripts) {
    int signs = scripts.eastAsian();
    if (scripts.letters() <= SHORT) {
      return scripts.hiragana() > 0 || signs * LETTERS_A_SIGN > scripts.letters() - signs;
    }
    return signs * ONE_IN >= scripts.letters();
  }

  private static Language eastAsian(String text, ScriptShares scripts) {
    if (scripts.hangul() > scripts.kana() + scripts.han()) {
      return Language.KOREAN;
    }
    if (scripts.kana() > 0 && scripts.kana() * 20 >= scripts.han()) {
      return Language.JAPANESE;
    }
    boolean chinese = scripts.han() >= MANY || hasChineseForm(text);
    return chinese ? Language.CHINESE : Language.JAPANESE;
  }

  private static boolean hasChineseForm(String text) {
    int end = Math.min(text.length(), ScriptShares.MAX_LENGTH);
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      if (c >= 0x4E00 && CHINESE_FORMS.indexOf(c) >= 0) {
        return true;
      }
    }
    return false;
  }

  /** The language that most often uses the script of the first letter of a rarer one. */
  private static Language ofOtherScript(String text) {
    int letter = text.codePoints().filter(Languages::isOfOtherScript).findFirst().orElse('?');
    return switch (Character.UnicodeScript.of(letter)) {
      case GREEK -> new Language("el");
      case HEBREW -> new Language("he");
      case ARABIC -> new Language("ar");
      case THAI -> new Language("th");
      case DEVANAGARI -> new Language("hi");
      default -> UNLISTED;
    };
  }

  private static boolean isOfOtherScript(int codePoint) {
    return codePoint >= 0x80
        && Character.isLetter(codePoint)
        && Character.UnicodeScript.of(codePoint) != Character.UnicodeScript.LATIN;
  }
}
