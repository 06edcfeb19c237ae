package io.kass.documents.format;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Tells the code pages of Windows for Europe apart, from the parts of a text that are not ASCII.
 * Cyrillic and Greek show by whole words of their letters, in their frequency and case. The Latin
 * pages share most of their letters, so each language is tried: one that has all the letters of the
 * text. Where a Western language has them, the page is the Western one.
 */
final class CodePages {
  /** What is looked at, in bytes. */
  private static final int ENOUGH = 1 << 16;

  /** Signs that mean the same in all of these pages, and no letters. */
  private static final String SIGNS =
      "\u0080\u0082\u0084\u0085\u0086\u0087\u0089\u008B\u0091\u0092\u0093\u0094\u0095\u0096\u0097"
          + "\u0099\u009B\u00A0\u00A6\u00A7\u00A9\u00AB\u00AC\u00AD\u00AE\u00B0\u00B1\u00B5\u00B6"
          + "\u00B7\u00BB";

  private static final List<Language> WESTERN =
      List.of(
          latin(Encoding.WINDOWS_1252, "äöüßéàè"),
          latin(Encoding.WINDOWS_1252, "àâæçéèêëîïôœùûüÿ"),
          latin(Encoding.WINDOWS_1252, "áéíñóúü¿¡ªº"),
          latin(Encoding.WINDOWS_1252, "áàâãçéêíóôõúüªº"),
          latin(Encoding.WINDOWS_1252, "àéèìòùî"),
          latin(Encoding.WINDOWS_1252, "åäöæøéüà"),
          latin(Encoding.WINDOWS_1252, "äöåšž"),
          latin(Encoding.WINDOWS_1252, "áðéíóúýþæö"),
          latin(Encoding.WINDOWS_1252, "éëïóüèêç"),
          latin(Encoding.WINDOWS_1252, "àçéèíòóúïü"));

  private static final List<Language> OTHER_LATIN =
      List.of(
          latin(Encoding.WINDOWS_1250, "ąćęłńóśźż"),
          latin(Encoding.WINDOWS_1250, "áčďéěíňóřšťúůýž"),
          latin(Encoding.WINDOWS_1250, "áäčďéíĺľňóôŕšťúýž"),
          latin(Encoding.WINDOWS_1250, "áéíóöőúüű"),
          latin(Encoding.WINDOWS_1250, "ăâîşţ"),
          latin(Encoding.WINDOWS_1250, "čćđšž"),
          latin(Encoding.WINDOWS_1254, "çğıöşüİâîû"));

  private static final List<Script> SCRIPTS =
      List.of(
          new Script(Encoding.WINDOWS_1251, Character.UnicodeScript.CYRILLIC, "оеаинтсрвлкд", 0.5),
          new Script(Encoding.WINDOWS_1253, Character.UnicodeScript.GREEK, "αοιετσνηυρπκάίό", 0.6));

  private final byte[] sample = new byte[ENOUGH];
  private int length;

  /** Takes a block that is not mere ASCII. */
  void add(byte[] block, int count) {
    int taken = Math.min(count, ENOUGH - length);
    System.arraycopy(block, 0, sample, length, taken);
    length += taken;
  }

  /** Whether a Western European language has all the letters. */
  boolean isOfWesternLanguage() {
    return WESTERN.stream().anyMatch(language -> share(language) >= 0.9);
  }

  /** The page of the only language that has all the letters, or null. */
  @Nullable Encoding otherLatin() {
    Encoding best = null;
    double most = 0.97;
    for (Language language : OTHER_LATIN) {
      double share = share(language);
      if (share > most && letters() >= 3) {
        best = language.encoding;
        most = share;
      }
    }
    return best;
  }

  /** The page of a script other than Latin, or null. */
  @Nullable Encoding otherScript() {
    for (Script script : SCRIPTS) {
      if (isOf(script)) {
        return script.encoding;
      }
    }
    return null;
  }

  private long letters() {
    long letters = 0;
    for (int i = 0; i < length; i++) {
      letters += isLetter(sample[i] & 0xFF) ? 1 : 0;
    }
    return letters;
  }

  private double share(Language language) {
    long all = 0;
    long own = 0;
    for (int i = 0; i < length; i++) {
      int b = sample[i] & 0xFF;
      if (isLetter(b)) {
        all++;
        own += language.bytes.indexOf(b) >= 0 ? 1 : 0;
      }
    }
    return all == 0 ? 0 : (double) own / all;
  }

  private static boolean isLetter(int b) {
    return b >= 0x80 && SIGNS.indexOf(b) < 0;
  }

  private boolean isOf(Script script) {
    String text = script.encoding.charset().decode(ByteBuffer.wrap(sample, 0, length)).toString();
    long high = 0;
    long own = 0;
    long frequent = 0;
    long capitals = 0;
    long odd = 0;
    char before = ' ';
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean signs = c >= 0x80 && !Character.isLetter(c) && c != '\uFFFD';
      if (c >= 0x80 && !signs) {
        high++;
        if (Character.UnicodeScript.of(c) == script.script) {
          own++;
          frequent += script.frequent.indexOf(Character.toLowerCase(c)) >= 0 ? 1 : 0;
          capitals += Character.isUpperCase(c) ? 1 : 0;
          boolean latinBefore = before < 0x80 && Character.isLetter(before);
          odd += latinBefore || (Character.isUpperCase(c) && Character.isLowerCase(before)) ? 1 : 0;
        }
      }
      before = c;
    }
    return own >= 6
        && own >= high * 0.98
        && frequent >= own * script.share
        && capitals * 2 <= own
        && odd * 20 <= own;
  }

  private static Language latin(Encoding encoding, String letters) {
    Charset charset = encoding.charset();
    var bytes = new StringBuilder();
    for (byte b : (letters + letters.toUpperCase(Locale.ROOT)).getBytes(charset)) {
      if (b < 0) {
        bytes.append((char) (b & 0xFF));
      }
    }
    return new Language(encoding, bytes.toString());
  }

  /**
   * A language.
   *
   * @param bytes its letters beyond ASCII, each char a byte of its page
   */
  private record Language(Encoding encoding, String bytes) {}

  /**
   * A script.
   *
   * @param frequent its most frequent letters
   * @param share how many of the letters these are at least
   */
  private record Script(
      Encoding encoding, Character.UnicodeScript script, String frequent, double share) {}
}
