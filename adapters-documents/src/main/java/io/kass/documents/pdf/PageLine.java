package io.kass.documents.pdf;

import java.util.List;
import org.apache.pdfbox.text.TextPosition;

/**
 * A line as it stands on its page, in points from the top left corner of the page as it is read.
 *
 * @param text not blank
 * @param left where it begins
 * @param right where it ends
 * @param baseline how far down it stands
 * @param size of its letters
 * @param firstWord width of its first word, or of its first character where words have no spaces
 */
record PageLine(String text, float left, float right, float baseline, float size, float firstWord) {

  static PageLine of(String text, List<TextPosition> positions) {
    float left = Float.MAX_VALUE;
    float right = 0;
    float size = 0;
    for (TextPosition position : positions) {
      left = Math.min(left, position.getXDirAdj());
      right = Math.max(right, position.getXDirAdj() + position.getWidthDirAdj());
      size += Math.abs(position.getFontSizeInPt());
    }
    TextPosition first = positions.getFirst();
    return new PageLine(
        text,
        left,
        right,
        first.getYDirAdj(),
        Math.max(1, size / positions.size()),
        firstWord(positions));
  }

  private static float firstWord(List<TextPosition> positions) {
    TextPosition first = positions.getFirst();
    float end = first.getXDirAdj() + first.getWidthDirAdj();
    for (TextPosition position : positions) {
      String character = position.getUnicode();
      if (character.isBlank()) {
        break;
      }
      end = position.getXDirAdj() + position.getWidthDirAdj();
      if (Paragraphs.isEastAsian(character.codePointAt(0))) {
        break;
      }
    }
    return Math.max(0, end - first.getXDirAdj());
  }
}
