package io.kass.core.language;

import io.kass.ports.Language;
import io.kass.ports.embedding.EmbeddingInfo;

/** Tells the language of a text. */
public final class Languages {
  private Languages() {}

  /** The language of a passage. */
  public static Language detect(String text) {
    return text.codePoints().anyMatch(Languages::isJapanese) ? Language.JAPANESE : Language.ENGLISH;
  }

  /** The language of a question, which may be a word or two. */
  public static Language ofQuestion(String text) {
    return detect(text);
  }

  /** Whether the model's vectors of texts in this language are worth having. */
  public static boolean embeddable(Language language, EmbeddingInfo model) {
    return model.speaks(language) || language.equals(Language.UNDETERMINED);
  }

  private static boolean isJapanese(int codePoint) {
    return switch (Character.UnicodeScript.of(codePoint)) {
      case HIRAGANA, KATAKANA, HAN -> true;
      default -> false;
    };
  }
}
