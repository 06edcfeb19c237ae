package io.kass.documents.pdf;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;

/**
 * Reads the pages of a document as lines and hands over their text. The order of the lines is that
 * in which the page was written, which keeps columns apart; a page that was written helter-skelter
 * is sorted from top to bottom.
 */
final class PageStripper extends PDFTextStripper {
  /** Takes a page's text. */
  @FunctionalInterface
  interface PageConsumer {
    /**
     * Takes the text of the next page.
     *
     * @param page counted from 1
     * @param text empty where the page has none
     */
    void page(int page, String text);
  }

  private final PageConsumer pages;
  private final Hyphens hyphens = new Hyphens();
  private final List<PageLine> lines = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private final List<TextPosition> positions = new ArrayList<>();

  PageStripper(PageConsumer pages) {
    this.pages = pages;
  }

  /** Reads all pages. */
  void strip(PDDocument document) throws IOException {
    writeText(document, Writer.nullWriter());
  }

  /** The page that is being read, counted from 1. */
  int currentPage() {
    return getCurrentPageNo();
  }

  @Override
  protected void writePage() throws IOException {
    setSortByPosition(isOutOfOrder());
    super.writePage();
  }

  /** Whether the text jumps up the page again and again, more often than columns make it. */
  private boolean isOutOfOrder() {
    int moves = 0;
    int ups = 0;
    for (List<TextPosition> article : getCharactersByArticle()) {
      float last = 0;
      for (TextPosition position : article) {
        float size = Math.max(1, Math.abs(position.getFontSizeInPt()));
        float move = position.getYDirAdj() - last;
        if (Math.abs(move) > 0.5 * size) {
          moves++;
        }
        if (move < -size) {
          ups++;
        }
        last = position.getYDirAdj();
      }
    }
    return ups >= 4 && ups > 0.3 * moves;
  }

  @Override
  protected void writeString(String word, List<TextPosition> wordPositions) {
    text.append(word);
    positions.addAll(wordPositions);
  }

  @Override
  protected void writeWordSeparator() {
    text.append(' ');
  }

  @Override
  protected void writeLineSeparator() {
    endLine();
  }

  @Override
  protected void endArticle() {
    endLine();
  }

  private void endLine() {
    String line = clean(text);
    if (!line.isEmpty() && !positions.isEmpty()) {
      lines.add(PageLine.of(line, positions));
    }
    text.setLength(0);
    positions.clear();
  }

  /** Without controls and halves of characters, which broken fonts yield; never blank. */
  private static String clean(StringBuilder text) {
    var clean = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c -> {
          if (Character.getType(c) == Character.SURROGATE) {
            clean.append('\uFFFD');
          } else if (c == '\t' || !Character.isISOControl(c)) {
            clean.appendCodePoint(c);
          }
        });
    // An ideographic space at the beginning marks a paragraph.
    String line = clean.toString().stripTrailing();
    return line.isBlank() ? "" : line;
  }

  @Override
  protected void endPage(PDPage page) {
    String pageText = Paragraphs.join(lines, hyphens);
    lines.clear();
    pages.page(getCurrentPageNo(), pageText);
  }
}
