package io.kass.documents.office;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamReader;

/**
 * Puts together a text that comes in runs, without the readings of its characters (furigana), which
 * stand beside it.
 */
final class RichText {
  private static final Pattern ESCAPED = Pattern.compile("_x([0-9A-Fa-f]{4})_");

  private final StringBuilder text = new StringBuilder();
  private boolean inText;
  private int phonetic;

  /**
   * Takes an event.
   *
   * @param whole the element that the whole text is
   * @return whether it has just ended
   */
  boolean on(XMLStreamReader xml, int event, String whole) {
    switch (event) {
      case XMLStreamConstants.START_ELEMENT -> {
        String name = xml.getLocalName();
        if (name.equals("rPh")) {
          phonetic++;
        } else if (name.equals("t")) {
          inText = phonetic == 0;
        }
      }
      case XMLStreamConstants.END_ELEMENT -> {
        String name = xml.getLocalName();
        if (name.equals("rPh")) {
          phonetic--;
        } else if (name.equals("t")) {
          inText = false;
        }
        return name.equals(whole);
      }
      case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
        if (inText) {
          text.append(xml.getTextCharacters(), xml.getTextStart(), xml.getTextLength());
        }
      }
      default -> {}
    }
    return false;
  }

  /** The text so far; the next one begins. */
  String take() {
    String all = text.toString();
    text.setLength(0);
    return unescape(all);
  }

  /** Characters that XML cannot hold are written as {@code _x000D_}. */
  static String unescape(String text) {
    if (!text.contains("_x")) {
      return text;
    }
    return ESCAPED
        .matcher(text)
        .replaceAll(match ->
            Matcher.quoteReplacement(
                Character.toString((char) Integer.parseInt(match.group(1), 16))));
  }
}
