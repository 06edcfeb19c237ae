package io.kass.local.onnx;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tokenizer of uncased BERT models: cleans the text, takes accents off, lowers case, splits at
 * white space and punctuation, then finds the longest known pieces of each word. Gives the token
 * ids that the {@code tokenizers} library gives for the same vocabulary. Thread-safe.
 */
final class WordPiece {
  /** What comes after these UTF-16 code units of a text is not looked at. */
  static final int MAX_CHARS = 65_536;

  /** A word of more code points is unknown as a whole. */
  private static final int MAX_WORD = 100;

  private static final String CONTINUES = "##";

  /** Texts that stand for a token of their own, wherever they occur, in exactly this case. */
  private static final List<String> SPECIAL = List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]");

  private final Map<String, Integer> ids;
  private final int begin;
  private final int end;
  private final int unknown;

  /**
   * @param pieces the vocabulary in the order of its ids
   * @throws IllegalArgumentException when it lacks a special token
   */
  WordPiece(List<String> pieces) {
    ids = HashMap.newHashMap(pieces.size());
    for (int id = 0; id < pieces.size(); id++) {
      ids.put(pieces.get(id), id);
    }
    SPECIAL.forEach(this::require);
    begin = require("[CLS]");
    end = require("[SEP]");
    unknown = require("[UNK]");
  }

  private int require(String piece) {
    Integer id = ids.get(piece);
    if (id == null) {
      throw new IllegalArgumentException("the vocabulary lacks " + piece);
    }
    return id;
  }

  /**
   * The ids of the text's tokens between those for beginning and end, cut at {@code limit} tokens
   * in all.
   */
  long[] encode(String text, int limit) {
    var tokens = new Tokens(limit);
    int length = Math.min(text.length(), MAX_CHARS);
    int from = 0;
    while (from < length && tokens.room()) {
      int at = from;
      String special = null;
      while (special == null && (at = indexOf('[', text, at, length)) < length) {
        special = specialAt(text, at, length);
        at += special == null ? 1 : 0;
      }
      split(text, from, at, tokens);
      if (special != null) {
        tokens.add(require(special));
        at += special.length();
      }
      from = at;
    }
    return tokens.finish();
  }

  private static int indexOf(char wanted, String text, int from, int to) {
    int at = text.indexOf(wanted, from, to);
    return at < 0 ? to : at;
  }

  private static @Nullable String specialAt(String text, int at, int length) {
    for (String special : SPECIAL) {
      if (at + special.length() <= length && text.startsWith(special, at)) {
        return special;
      }
    }
    return null;
  }

  /** Splits at white space, and around ideographs, which are words of their own. */
  private void split(String text, int from, int to, Tokens tokens) {
    var run = new StringBuilder();
    int at = from;
    while (at < to && tokens.room()) {
      int c = text.codePointAt(at);
      at += Character.charCount(c);
      if (isDropped(c)) {
        continue;
      }
      boolean ideograph = isIdeograph(c);
      if (ideograph || isWhitespace(c)) {
        words(run, tokens);
      }
      if (!isWhitespace(c)) {
        run.appendCodePoint(c);
      }
      if (ideograph) {
        words(run, tokens);
      }
    }
    words(run, tokens);
  }

  /** Normalises a run without white space, and splits it around punctuation. Empties the run. */
  private void words(StringBuilder run, Tokens tokens) {
    if (run.isEmpty()) {
      return;
    }
    String decomposed = Normalizer.normalize(run, Normalizer.Form.NFD);
    run.setLength(0);
    var word = new StringBuilder();
    for (int at = 0; at < decomposed.length() && tokens.room(); ) {
      int c = decomposed.codePointAt(at);
      at += Character.charCount(c);
      if (Character.getType(c) == Character.NON_SPACING_MARK) {
        continue;
      }
      if (isPunctuation(c)) {
        pieces(word, tokens);
        pieces(word.appendCodePoint(c), tokens);
      } else {
        word.appendCodePoint(Character.toLowerCase(c));
      }
    }
    pieces(word, tokens);
  }

  /** Adds the longest known pieces of a word, or one unknown token. Empties the word. */
  private void pieces(StringBuilder buffer, Tokens tokens) {
    String word = buffer.toString();
    buffer.setLength(0);
    if (word.isEmpty()) {
      return;
    }
    if (word.codePointCount(0, word.length()) > MAX_WORD) {
      tokens.add(unknown);
      return;
    }
    int before = tokens.count;
    int from = 0;
    while (from < word.length()) {
      int to = word.length();
      Integer id = null;
      while (to > from && (id = ids.get(piece(word, from, to))) == null) {
        to = word.offsetByCodePoints(to, -1);
      }
      if (id == null) {
        tokens.count = before;
        tokens.add(unknown);
        return;
      }
      tokens.add(id);
      from = to;
    }
  }

  private static String piece(String word, int from, int to) {
    String piece = word.substring(from, to);
    return from == 0 ? piece : CONTINUES + piece;
  }

  private static boolean isDropped(int c) {
    if (c == '\t' || c == '\n' || c == '\r') {
      return false;
    }
    return c == 0xfffd
        || switch (Character.getType(c)) {
          case Character.CONTROL, Character.FORMAT, Character.PRIVATE_USE, Character.SURROGATE ->
              true;
          default -> false;
        };
  }

  private static boolean isWhitespace(int c) {
    return c == '\t' || c == '\n' || c == '\r' || Character.isSpaceChar(c);
  }

  private static boolean isIdeograph(int c) {
    return (c >= 0x4e00 && c <= 0x9fff)
        || (c >= 0x3400 && c <= 0x4dbf)
        || (c >= 0x20000 && c <= 0x2a6df)
        || (c >= 0x2a700 && c <= 0x2b73f)
        || (c >= 0x2b740 && c <= 0x2b81f)
        || (c >= 0x2b920 && c <= 0x2ceaf)
        || (c >= 0xf900 && c <= 0xfaff)
        || (c >= 0x2f800 && c <= 0x2fa1f);
  }

  private static boolean isPunctuation(int c) {
    if (c < 0x80) {
      return c > ' ' && c < 0x7f && !Character.isLetterOrDigit(c);
    }
    return switch (Character.getType(c)) {
      case Character.CONNECTOR_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION ->
          true;
      default -> false;
    };
  }

  /** The tokens of one text, begun with the token for the beginning. */
  private final class Tokens {
    private final long[] tokens;
    private int count;

    Tokens(int limit) {
      tokens = new long[limit];
      add(begin);
    }

    /** Whether a token has room before the one for the end. */
    boolean room() {
      return count < tokens.length - 1;
    }

    void add(int id) {
      if (room()) {
        tokens[count++] = id;
      }
    }

    long[] finish() {
      tokens[count++] = end;
      return Arrays.copyOf(tokens, count);
    }
  }
}
