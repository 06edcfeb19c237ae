package io.kass.documents.office;

import io.kass.documents.format.Sections;
import io.kass.documents.guarded.BlockSink;
import io.kass.ports.document.Reading;
import io.kass.ports.document.Reading.Cause;
import io.kass.ports.document.Reading.Complete;
import io.kass.ports.document.Reading.Unreadable;
import io.kass.ports.document.SourceType;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads a DOCX document as it looks when all changes to it are accepted: what was inserted is in,
 * what was deleted is out. Headers and footers, which repeat on every page, are left out.
 */
final class WordText {
  static final String MEDIA_TYPE =
      "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

  /** What was moved away, what stands there for older programs, and how characters are read. */
  private static final Set<String> SKIPPED = Set.of("del", "moveFrom", "Fallback", "rt");

  /** A table within the text, or within the cell of another one. */
  private static final class Level {
    private final TextTable table = new TextTable();
    private final StringBuilder cell = new StringBuilder();
    private int span = 1;
    private boolean goesOn;
    private boolean header;
  }

  private static final class Paragraph {
    private final StringBuilder text = new StringBuilder();
    private final List<String> notes = new ArrayList<>();
    private String style = "";
    private int outline;
    private boolean item;
    private int indent;
  }

  private final Parts parts;
  private final String main;
  private final Sections sections;
  private final Deque<Level> tables = new ArrayDeque<>();
  private final Deque<Paragraph> paragraphs = new ArrayDeque<>();
  private final Map<String, String> notes = new HashMap<>();
  private int skipped;
  private boolean inText;

  WordText(Parts parts, String main, BlockSink blocks) {
    this.parts = parts;
    this.main = main;
    this.sections = new Sections(blocks, SourceType.TEXT, MEDIA_TYPE);
  }

  Reading read() throws IOException {
    String stylesPart = parts.target(main, "styles");
    WordStyles styles = WordStyles.of(parts, stylesPart == null ? "" : stylesPart);
    readNotes("footnotes", "footnote");
    readNotes("endnotes", "endnote");
    parts.read(main, (xml, event) -> on(xml, event, styles));
    boolean empty = sections.isEmpty();
    sections.end();
    return empty
        ? new Unreadable(Cause.EMPTY, "It holds nothing but white space.")
        : new Complete(SourceType.TEXT, MEDIA_TYPE);
  }

  private void readNotes(String type, String element) throws IOException {
    String part = parts.target(main, type);
    if (part == null) {
      return;
    }
    var text = new RichText();
    var id = new String[] {""};
    parts.read(
        part,
        (xml, event) -> {
          if (event == XMLStreamConstants.START_ELEMENT && xml.getLocalName().equals(element)) {
            id[0] = Parts.attribute(xml, "id");
          } else if (text.on(xml, event, element)) {
            String note = text.take().strip();
            if (!note.isEmpty()) {
              notes.put(element + id[0], note);
            }
          }
        });
  }

  private void on(XMLStreamReader xml, int event, WordStyles styles) {
    switch (event) {
      case XMLStreamConstants.START_ELEMENT -> {
        if (skipped > 0 || SKIPPED.contains(xml.getLocalName())) {
          skipped++;
        } else {
          start(xml);
        }
      }
      case XMLStreamConstants.END_ELEMENT -> {
        if (skipped > 0) {
          skipped--;
        } else {
          end(xml.getLocalName(), styles);
        }
      }
      case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
        if (inText && skipped == 0) {
          append(xml.getText());
        }
      }
      default -> {}
    }
  }

  private void append(String text) {
    Paragraph paragraph = paragraphs.peek();
    if (paragraph != null) {
      paragraph.text.append(text);
    }
  }

  private void start(XMLStreamReader xml) {
    Paragraph paragraph = paragraphs.peek();
    Level level = tables.peek();
    switch (xml.getLocalName()) {
      case "p" -> paragraphs.push(new Paragraph());
      case "t" -> inText = true;
      case "tab" -> append("\t");
      case "br", "cr" -> append("\n");
      case "noBreakHyphen" -> append("-");
      case "footnoteReference" -> note("footnote" + Parts.attribute(xml, "id"));
      case "endnoteReference" -> note("endnote" + Parts.attribute(xml, "id"));
      case "pStyle" -> {
        if (paragraph != null) {
          paragraph.style = Parts.attribute(xml, "val");
        }
      }
      case "outlineLvl" -> {
        if (paragraph != null) {
          paragraph.outline = Styles.number(xml, "val") + 1;
        }
      }
      case "numId" -> {
        if (paragraph != null) {
          paragraph.item = Styles.number(xml, "val") > 0;
        }
      }
      case "ilvl" -> {
        if (paragraph != null) {
          paragraph.indent = Math.clamp(Styles.number(xml, "val"), 0, 8);
        }
      }
      case "tbl" -> tables.push(new Level());
      case "tblHeader" -> {
        if (level != null) {
          level.header = !Parts.attribute(xml, "val").matches("0|false|off");
        }
      }
      case "gridSpan" -> {
        if (level != null) {
          level.span = Styles.number(xml, "val");
        }
      }
      case "vMerge" -> {
        if (level != null) {
          level.goesOn = !Parts.attribute(xml, "val").equals("restart");
        }
      }
      default -> {}
    }
  }

  private void note(String id) {
    String note = notes.get(id);
    Paragraph paragraph = paragraphs.peek();
    if (note != null && paragraph != null) {
      paragraph.notes.add(note);
    }
  }

  private void end(String name, WordStyles styles) {
    Level level = tables.peek();
    switch (name) {
      case "t" -> inText = false;
      case "p" -> endParagraph(styles);
      case "tc" -> {
        if (level != null) {
          level.table.cell(level.cell.toString().strip(), level.span, level.goesOn);
          level.cell.setLength(0);
          level.span = 1;
          level.goesOn = false;
        }
      }
      case "tr" -> {
        if (level != null) {
          level.table.endRow(level.header);
          level.header = false;
        }
      }
      case "tbl" -> {
        if (level != null) {
          tables.pop();
          Level outer = tables.peek();
          if (outer == null) {
            level.table.hand(sections);
          } else {
            // A table within a cell is what the cell says.
            outer.cell.append(level.table.asText()).append('\n');
          }
        }
      }
      default -> {}
    }
  }

  private void endParagraph(WordStyles styles) {
    Paragraph paragraph = paragraphs.poll();
    if (paragraph == null) {
      return;
    }
    String text = paragraph.text.toString().strip();
    if (!text.isEmpty()) {
      int title = paragraph.outline > 0 ? paragraph.outline : styles.levelOf(paragraph.style);
      Level level = tables.peek();
      if (level != null) {
        level.cell.append(text).append('\n');
      } else if (title > 0) {
        sections.title(title, text.replaceAll("\\s+", " "));
      } else if (paragraph.item) {
        sections.line("  ".repeat(paragraph.indent) + "- " + text);
      } else {
        sections.paragraph(text);
      }
    }
    for (String note : paragraph.notes) {
      Level level = tables.peek();
      if (level != null) {
        level.cell.append(note).append('\n');
      } else {
        sections.paragraph(note);
      }
    }
  }
}
