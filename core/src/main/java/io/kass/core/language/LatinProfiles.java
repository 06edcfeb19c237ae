package io.kass.core.language;

import io.kass.ports.Language;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Tells languages in Latin letters apart by the words that every text of them is full of, and by
 * letters that only some of them use. English is what it is without any sign of another: a question
 * of two nouns has no such word.
 */
final class LatinProfiles {
  private static final Language[] LANGUAGES = {
    Language.ENGLISH,
    new Language("de"),
    new Language("fr"),
    new Language("es"),
    new Language("it"),
    new Language("pt"),
    new Language("nl")
  };

  private static final String[] WORDS = {
    "the of and to in is are was were for that with on as at by from this be it not or an have has"
        + " you your we they he she what which when where who how why do does did can will"
        + " would should if there their our its my me but about into than then any all how's don't"
        + " no",
    "der die das und ist nicht ein eine einer einem einen den dem des mit von zu zum zur auf für im"
        + " am wie was wer wo wann warum welche welcher ich du er sie es wir ihr sind wird werden"
        + " hat habe haben kann können bei nach aus auch oder wenn dass über viele muss darf gibt"
        + " mein unser",
    "le la les des du un une et est dans pour que qui sur avec par pas ne ce cette ces il elle nous"
        + " vous ils sont au aux plus ou où quand comment pourquoi quel quelle combien je tu mon"
        + " notre être avoir ont fait peut sans de en leur se l'on c'est qu'il",
    "el la los las de del un una en que es por para con no se su al lo como más pero son está qué"
        + " cómo cuándo dónde cuál quién cuántos cuánto hay ser fue han tiene este esta sin sobre"
        + " mi nuestro puedo debe donde cuando si",
    "il lo la gli le di del della dei delle un una è che per con non in da dal al alla nel"
        + " nella sono come quando dove chi quale quanti quanto perché si ha hanno più questo"
        + " questa essere su anche se ma mio nostro posso deve",
    "os as de do da dos das um uma é que em no na nos nas por para com não se ao à como"
        + " quando onde quem qual quantos quanto são foi está ser tem mais sua seu ou mas pelo pela"
        + " este isso meu nosso posso deve",
    "de het een en van in is dat op te zijn voor met niet die er aan ook als bij door naar uit om"
        + " wat wie waar wanneer hoe waarom welke ik je wij we ze zij hij kan moet wordt worden"
        + " heeft heb hebben deze dit over hoeveel mijn onze geen"
  };

  /** Letters that speak for languages, by their places in the list. */
  private static final String[] LETTERS = {
    "", "äöüß", "éèêàçùœî", "éáíóúñ¿¡", "èàùìò", "éêàçáíóúãõ", "ëï"
  };

  private static final Map<String, Integer> LANGUAGES_OF_WORDS = languagesOfWords();
  private static final int ENGLISH = 0;
  private static final int MAX_WORDS = 300;

  /** What a word of one language counts; of several, a point for each. */
  private static final int OWN_WORD = 2;

  /** Other languages than English need more than what might be one borrowed word. */
  private static final int LEAST = 3;

  /** Up to so many words without any of the common ones can still be a question. */
  private static final int SHORT = 12;

  /** Running text has at least one common word in so many. */
  private static final int ONE_IN = 20;

  private LatinProfiles() {}

  static Language detect(String text) {
    var scores = new int[LANGUAGES.length];
    int words = 0;
    int plain = 0;
    int end = Math.min(text.length(), ScriptShares.MAX_LENGTH);
    for (int i = 0; i < end && words < MAX_WORDS; ) {
      int begin = i;
      while (i < end && !Character.isWhitespace(text.charAt(i))) {
        i++;
      }
      String word = bare(text, begin, i);
      if (!word.isEmpty()) {
        words++;
        plain += isPlain(word) ? 1 : 0;
        score(word.toLowerCase(Locale.ROOT), scores);
      }
      i++;
    }
    int best = best(scores);
    if (words > SHORT && scores[best] * ONE_IN < words * OWN_WORD) {
      return Language.UNDETERMINED;
    }
    boolean evident = scores[best] > 0 || (words <= SHORT && 2 * plain > words);
    return evident ? LANGUAGES[best] : Language.UNDETERMINED;
  }

  private static int best(int[] scores) {
    int best = ENGLISH;
    for (int i = 1; i < scores.length; i++) {
      if (scores[i] >= LEAST && scores[i] > scores[best]) {
        best = i;
      }
    }
    return best;
  }

  private static void score(String word, int[] scores) {
    int languages = LANGUAGES_OF_WORDS.getOrDefault(word, 0);
    int points = Integer.bitCount(languages) == 1 ? OWN_WORD : 1;
    for (int i = 0; i < scores.length; i++) {
      scores[i] += (languages >>> i & 1) * points;
      scores[i] += languages == 0 && hasLetterOf(word, i) ? 1 : 0;
    }
  }

  private static boolean hasLetterOf(String word, int language) {
    String letters = LETTERS[language];
    for (int i = 0; i < word.length(); i++) {
      if (word.charAt(i) >= 0x80 && letters.indexOf(word.charAt(i)) >= 0) {
        return true;
      }
    }
    return false;
  }

  /** The word without the marks around it. */
  private static String bare(String text, int begin, int end) {
    int from = begin;
    int to = end;
    while (from < to && !isWordCharacter(text.charAt(from))) {
      from++;
    }
    while (to > from && !isWordCharacter(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to).replace('\u2019', '\'');
  }

  private static boolean isWordCharacter(char c) {
    return Character.isLetterOrDigit(c) || c == '¿' || c == '¡';
  }

  /** Whether this is a word as sentences have it: no number, no identifier, no abbreviation. */
  private static boolean isPlain(String word) {
    if (word.length() < 2) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      boolean capital = i == 0 && Character.isUpperCase(c);
      if (!capital && !Character.isLowerCase(c) && c != '\'' && c != '-') {
        return false;
      }
    }
    return true;
  }

  private static Map<String, Integer> languagesOfWords() {
    var languages = new HashMap<String, Integer>();
    for (int i = 0; i < WORDS.length; i++) {
      for (String word : WORDS[i].split(" ", -1)) {
        languages.merge(word, 1 << i, (one, other) -> one | other);
      }
    }
    return Map.copyOf(languages);
  }
}
