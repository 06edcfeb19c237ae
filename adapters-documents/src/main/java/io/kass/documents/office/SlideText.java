package io.kass.documents.office;

import io.kass.documents.format.Sections;
import io.kass.documents.guarded.BlockSink;
import io.kass.documents.guarded.DocumentParser;
import io.kass.ports.document.Locator;
import io.kass.ports.document.Reading;
import io.kass.ports.document.Reading.Cause;
import io.kass.ports.document.Reading.Complete;
import io.kass.ports.document.Reading.Unreadable;
import io.kass.ports.document.SourceType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads a PPTX presentation: a slide is a page, its title a heading; shapes in the order in which
 * they were drawn, then the notes.
 */
final class SlideText {
  static final String MEDIA_TYPE =
      "application/vnd.openxmlformats-officedocument.presentationml.presentation";

  /** A piece of a slide. */
  private sealed interface Piece {
    record Title(String text) implements Piece {}

    record Text(String text) implements Piece {}

    record Grid(TextTable table) implements Piece {}
  }

  private final Parts parts;
  private final String main;
  private final DocumentParser.Bounds bounds;
  private final BlockSink blocks;
  private final Sections sections;

  SlideText(Parts parts, String main, DocumentParser.Bounds bounds, BlockSink blocks) {
    this.parts = parts;
    this.main = main;
    this.bounds = bounds;
    this.blocks = blocks;
    this.sections = new Sections(blocks, SourceType.PAGED, MEDIA_TYPE);
  }

  Reading read() throws IOException {
    Map<String, Parts.Relationship> relationships = parts.relationships(main);
    var slides = new ArrayList<String>();
    parts.read(
        main,
        (xml, event) -> {
          if (event == XMLStreamConstants.START_ELEMENT && xml.getLocalName().equals("sldId")) {
            Parts.Relationship to = relationships.get(Parts.reference(xml));
            if (to == null) {
              throw Refused.damaged("slide " + (slides.size() + 1) + " is missing");
            }
            slides.add(to.target());
          }
        });
    if (slides.size() > bounds.maxPages()) {
      throw new Refused(
          Cause.TOO_LARGE,
          "It has more than %d slides. Split it, or raise documents.max-pages."
              .formatted(bounds.maxPages()));
    }
    for (int i = 0; i < slides.size(); i++) {
      sections.at(new Locator.Pages(i + 1, i + 1));
      slide(slides.get(i));
      blocks.flush();
    }
    boolean empty = sections.isEmpty();
    sections.end();
    return empty
        ? new Unreadable(
            Cause.NO_TEXT,
            "It holds no text, at most pictures of it. Write it out, or leave it out.")
        : new Complete(SourceType.PAGED, MEDIA_TYPE);
  }

  private void slide(String part) throws IOException {
    List<Piece> pieces = pieces(part);
    for (Piece piece : pieces) {
      if (piece instanceof Piece.Title(String text)) {
        sections.title(1, text.replaceAll("\\s+", " "));
      }
    }
    for (Piece piece : pieces) {
      switch (piece) {
        case Piece.Title title -> {}
        case Piece.Text(String text) -> sections.paragraph(text);
        case Piece.Grid(TextTable table) -> table.hand(sections);
      }
    }
    String notes = parts.target(part, "notesSlide");
    if (notes != null) {
      for (Piece piece : pieces(notes)) {
        if (piece instanceof Piece.Text(String text)) {
          sections.paragraph(text);
        }
      }
    }
  }

  private List<Piece> pieces(String part) throws IOException {
    var walk = new Walk();
    parts.read(part, walk::on);
    return walk.pieces;
  }

  private static final class Walk {
    private final List<Piece> pieces = new ArrayList<>();
    private final RichText rich = new RichText();
    private final StringBuilder shape = new StringBuilder();
    private @Nullable TextTable table;
    private String placeholder = "";
    private int span = 1;
    private boolean goesOn;
    private boolean covered;
    private int fallback;

    void on(XMLStreamReader xml, int event) {
      boolean start = event == XMLStreamConstants.START_ELEMENT;
      boolean end = event == XMLStreamConstants.END_ELEMENT;
      if (fallback > 0 || (start && xml.getLocalName().equals("Fallback"))) {
        fallback += start ? 1 : end ? -1 : 0;
        return;
      }
      if (rich.on(xml, event, "p")) {
        String line = rich.take().strip();
        shape.append(line.isEmpty() ? "" : line + "\n");
      }
      if (start) {
        start(xml);
      } else if (end) {
        end(xml.getLocalName());
      }
    }

    private void start(XMLStreamReader xml) {
      switch (xml.getLocalName()) {
        case "sp" -> {
          shape.setLength(0);
          placeholder = "";
        }
        case "ph" -> placeholder = Parts.attribute(xml, "type");
        case "tbl" -> table = new TextTable();
        case "tc" -> {
          shape.setLength(0);
          span = Math.max(1, Styles.number(xml, "gridSpan"));
          goesOn = Parts.attribute(xml, "vMerge").matches("1|true");
          covered = Parts.attribute(xml, "hMerge").matches("1|true");
        }
        default -> {}
      }
    }

    private void end(String name) {
      String text = shape.toString().strip();
      switch (name) {
        case "sp" -> {
          shape.setLength(0);
          boolean seen = !placeholder.matches("sldNum|dt|ftr|hdr|sldImg");
          if (seen && !text.isEmpty()) {
            boolean title = placeholder.equals("title") || placeholder.equals("ctrTitle");
            pieces.add(title ? new Piece.Title(text) : new Piece.Text(text));
          }
        }
        case "tc" -> {
          shape.setLength(0);
          if (table != null && !covered) {
            table.cell(text, span, goesOn);
          }
        }
        case "tr" -> {
          if (table != null) {
            table.endRow(false);
          }
        }
        case "tbl" -> {
          if (table != null) {
            pieces.add(new Piece.Grid(table));
            table = null;
          }
        }
        default -> {}
      }
    }
  }
}
