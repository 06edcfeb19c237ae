package io.kass.documents.office;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads a sheet of an XLSX workbook twice: what says how its cells are to be read stands behind
 * them. Formulas have the values that were computed when the workbook was saved.
 */
final class Sheet {
  private final Parts parts;
  private final String part;
  private final SharedStrings strings;
  private final Styles styles;
  private final CellFormats formats;
  private final boolean from1904;

  private final Merges merges = new Merges();
  private final SheetLayout layout;

  // The row and the cell that are being read.
  private int row = -1;
  private int column = -1;
  private String type = "";
  private int style;
  private boolean inValue;
  private boolean inline;
  private final StringBuilder value = new StringBuilder();
  private final RichText rich = new RichText();
  private final List<SheetCell> cells = new ArrayList<>();

  Sheet(
      Parts parts,
      String part,
      SheetLayout layout,
      SharedStrings strings,
      Styles styles,
      CellFormats formats,
      boolean from1904) {
    this.parts = parts;
    this.part = part;
    this.layout = layout;
    this.strings = strings;
    this.styles = styles;
    this.formats = formats;
    this.from1904 = from1904;
  }

  void read() throws IOException {
    Map<String, Parts.Relationship> relationships = parts.relationships(part);
    parts.read(part, WithoutCells::new, this::survey);
    for (Parts.Relationship to : relationships.values()) {
      switch (to.type()) {
        case "table" -> parts.read(to.target(), this::tableHeader);
        case "comments" -> comments(to.target());
        case "drawing" -> drawing(to.target());
        default -> {}
      }
    }
    parts.read(part, this::content);
    layout.end();
  }

  private void survey(XMLStreamReader xml, int event) {
    if (event != XMLStreamConstants.START_ELEMENT) {
      return;
    }
    switch (xml.getLocalName()) {
      case "mergeCell" -> {
        Merges.Area area = Merges.Area.of(Parts.attribute(xml, "ref"));
        if (area != null) {
          merges.add(area);
        }
      }
      case "autoFilter" -> header(xml);
      default -> {}
    }
  }

  private void tableHeader(XMLStreamReader xml, int event) {
    boolean table =
        event == XMLStreamConstants.START_ELEMENT
            && xml.getLocalName().equals("table")
            && !Parts.attribute(xml, "headerRowCount").equals("0");
    if (table) {
      header(xml);
    }
  }

  private void header(XMLStreamReader xml) {
    Merges.Area area = Merges.Area.of(Parts.attribute(xml, "ref"));
    if (area != null) {
      layout.header(area.firstRow() + 1);
    }
  }

  private void comments(String target) throws IOException {
    var text = new RichText();
    var at = new String[] {""};
    parts.read(
        target,
        (xml, event) -> {
          if (event == XMLStreamConstants.START_ELEMENT && xml.getLocalName().equals("comment")) {
            at[0] = Parts.attribute(xml, "ref");
          } else if (text.on(xml, event, "comment")) {
            int[] cell = Merges.Area.cell(at[0]);
            layout.aside(cell.length == 0 ? 1 : cell[0] + 1, at[0] + ": " + text.take().strip());
          }
        });
  }

  private void drawing(String target) throws IOException {
    var text = new RichText();
    var shape = new StringBuilder();
    var at = new int[] {1};
    var inRow = new boolean[1];
    var inFrom = new boolean[1];
    parts.read(
        target,
        (xml, event) -> {
          if (text.on(xml, event, "p")) {
            String line = text.take();
            shape.append(line.isBlank() ? "" : line + "\n");
          }
          switch (event) {
            case XMLStreamConstants.START_ELEMENT -> {
              inFrom[0] |= xml.getLocalName().equals("from");
              inRow[0] = inFrom[0] && xml.getLocalName().equals("row");
            }
            case XMLStreamConstants.CHARACTERS -> {
              if (inRow[0]) {
                at[0] = Math.clamp(number(xml.getText()) + 1, 1, 1 << 20);
              }
            }
            case XMLStreamConstants.END_ELEMENT -> {
              inRow[0] = false;
              inFrom[0] &= !xml.getLocalName().equals("from");
              if (xml.getLocalName().equals("sp") && !shape.toString().isBlank()) {
                layout.aside(at[0], shape.toString().strip());
                shape.setLength(0);
              }
            }
            default -> {}
          }
        });
  }

  /** A count from 0; less where it is none. */
  private static int number(String digits) {
    try {
      return Integer.parseInt(digits.strip());
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private void content(XMLStreamReader xml, int event) throws IOException {
    if (inline) {
      if (rich.on(xml, event, "is")) {
        value.append(rich.take());
        inline = false;
      }
      return;
    }
    switch (event) {
      case XMLStreamConstants.START_ELEMENT -> {
        switch (xml.getLocalName()) {
          case "row" -> {
            int number = Styles.number(xml, "r");
            row = number > 0 ? number - 1 : row + 1;
            column = -1;
            cells.clear();
          }
          case "c" -> {
            int[] cell = Merges.Area.cell(Parts.attribute(xml, "r"));
            column = cell.length == 0 ? column + 1 : cell[1];
            type = Parts.attribute(xml, "t");
            style = Styles.number(xml, "s");
            value.setLength(0);
          }
          case "v" -> inValue = true;
          case "is" -> inline = true;
          default -> {}
        }
      }
      case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
        if (inValue) {
          value.append(xml.getTextCharacters(), xml.getTextStart(), xml.getTextLength());
        }
      }
      case XMLStreamConstants.END_ELEMENT -> {
        switch (xml.getLocalName()) {
          case "v" -> inValue = false;
          case "c" -> {
            SheetCell cell = cell();
            if (cell != null) {
              cells.add(cell);
            }
          }
          case "row" -> {
            if (!cells.isEmpty()) {
              layout.row(new SheetRow(row + 1, merges.complete(row, List.copyOf(cells))));
              cells.clear();
            }
          }
          default -> {}
        }
      }
      default -> {}
    }
  }

  private @Nullable SheetCell cell() throws Refused {
    if (value.isEmpty()) {
      return null;
    }
    String raw = value.toString();
    SheetCell.Kind kind = SheetCell.Kind.TEXT;
    Styles.Style look = styles.get(Math.max(0, style));
    String text;
    switch (type) {
      case "s" -> text = strings.get(number(raw));
      case "inlineStr" -> text = raw;
      case "str" -> text = RichText.unescape(raw);
      case "b" -> {
        text = raw.strip().equals("1") ? "TRUE" : "FALSE";
        kind = SheetCell.Kind.OTHER;
      }
      case "e" -> {
        text = raw;
        kind = SheetCell.Kind.OTHER;
      }
      case "d" -> {
        text = raw.endsWith("T00:00:00") ? raw.substring(0, 10) : raw.replace('T', ' ');
        kind = SheetCell.Kind.DATE;
      }
      default -> {
        text = number(raw, look.format());
        kind = formats.kind(look.format());
      }
    }
    return SheetCell.of(column, merges.lastColumn(row, column), text, kind, look.emphasised());
  }

  private String number(String raw, String format) {
    try {
      return formats.show(Double.parseDouble(raw), format, from1904);
    } catch (NumberFormatException e) {
      return raw;
    }
  }
}
