package io.kass.documents.format;

import io.kass.ports.document.Block;
import io.kass.ports.document.DocumentReader.BlockConsumer;
import io.kass.ports.document.Locator;
import io.kass.ports.document.Place;
import io.kass.ports.document.SourceType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes blocks of a document that is composed of paragraphs: those between two titles become one
 * text. Begins the document with its first block. Not thread-safe.
 */
public final class Sections {
  /** Longer titles are paragraphs. */
  private static final int LONGEST_TITLE = 300;

  private final BlockConsumer blocks;
  private final SourceType type;
  private final String mediaType;
  private final StringBuilder text = new StringBuilder();
  private Locator locator = new Locator.Whole();
  private boolean begun;
  private Block.@Nullable Heading title;

  /** A document that begins as this type with its first block. */
  public Sections(BlockConsumer blocks, SourceType type, String mediaType) {
    this.blocks = blocks;
    this.type = type;
    this.mediaType = mediaType;
  }

  /** Whether anything came. */
  public boolean isEmpty() {
    return !begun && text.isEmpty() && title == null;
  }

  /** What follows stands here. */
  public void at(Locator place) {
    if (!place.equals(locator)) {
      endText();
      locator = place;
    }
  }

  /** A title; where nothing follows it that it could head, it is a paragraph. */
  public void title(int level, String words) {
    String line = words.strip();
    if (line.isEmpty()) {
      return;
    } else if (line.length() > LONGEST_TITLE) {
      paragraph(line);
      return;
    }
    endText();
    if (title != null && title.level() >= level) {
      keepTitle(title);
    } else {
      releaseTitle();
    }
    title = new Block.Heading(level, line, place());
  }

  /** A paragraph, set apart from the one before by a blank line. */
  public void paragraph(String words) {
    add(words, "\n\n");
  }

  /** A line that belongs to the one before, such as an item of a list. */
  public void line(String words) {
    add(words, "\n");
  }

  private void add(String words, String before) {
    if (words.isBlank()) {
      return;
    }
    if (text.length() + words.length() > Windows.MAX) {
      endText();
    }
    if (!text.isEmpty()) {
      text.append(before);
    }
    text.append(words.stripTrailing());
  }

  /** A row of a table. */
  public void row(List<Block.TableRow.Cell> cells) {
    if (!cells.isEmpty()) {
      endText();
      hand(new Block.TableRow(cells, place()));
    }
  }

  /** Code, as it stands. */
  public void code(String language, String code) {
    if (!code.isBlank()) {
      endText();
      hand(new Block.Code(language, code, place()));
    }
  }

  /** Hands over what is left. */
  public void end() {
    endText();
    if (title != null) {
      keepTitle(title);
      title = null;
    }
  }

  private void endText() {
    if (!text.isEmpty()) {
      String all = text + "\n";
      text.setLength(0);
      hand(new Block.Prose(all, place()));
    }
  }

  private void hand(Block block) {
    releaseTitle();
    begin();
    blocks.accept(block);
  }

  private void releaseTitle() {
    if (title != null) {
      begin();
      blocks.accept(title);
      title = null;
    }
  }

  /** A title that heads nothing is what it says, and would be found nowhere else. */
  private void keepTitle(Block.Heading heading) {
    begin();
    blocks.accept(new Block.Prose(heading.text() + "\n", heading.place()));
  }

  private void begin() {
    if (!begun) {
      begun = true;
      blocks.begin(type, mediaType);
    }
  }

  private Place place() {
    return new Place(locator, List.of(), -1, -1);
  }
}
