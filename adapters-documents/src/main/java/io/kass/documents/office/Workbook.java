package io.kass.documents.office;

import io.kass.documents.format.Sections;
import io.kass.documents.guarded.BlockSink;
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

/**
 * Reads an XLSX workbook, a sheet after the other. What is hidden is read, too: it is a way of
 * looking at a workbook, and often a filter's; sheets that only a program can show are not.
 */
final class Workbook {
  static final String MEDIA_TYPE =
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

  private record SheetPart(String name, String part) {}

  private final Parts parts;
  private final String main;
  private final Sections sections;
  private final List<SheetPart> sheets = new ArrayList<>();
  private boolean from1904;

  Workbook(Parts parts, String main, BlockSink blocks) {
    this.parts = parts;
    this.main = main;
    this.sections = new Sections(blocks, SourceType.SPREADSHEET, MEDIA_TYPE);
  }

  Reading read() throws IOException {
    Map<String, Parts.Relationship> relationships = parts.relationships(main);
    parts.read(
        main,
        (xml, event) -> {
          if (event != XMLStreamConstants.START_ELEMENT) {
            return;
          }
          switch (xml.getLocalName()) {
            case "workbookPr" -> {
              String value = Parts.attribute(xml, "date1904");
              from1904 = value.equals("1") || value.equals("true");
            }
            case "sheet" -> {
              Parts.Relationship to = relationships.get(Parts.reference(xml));
              if (to == null) {
                throw Refused.damaged("a sheet is missing");
              }
              boolean shown = !Parts.attribute(xml, "state").equals("veryHidden");
              if (shown && to.type().equals("worksheet")) {
                sheets.add(new SheetPart(Parts.attribute(xml, "name"), to.target()));
              }
            }
            default -> {}
          }
        });
    SharedStrings strings = SharedStrings.of(parts, targetOf(relationships, "sharedStrings"));
    Styles styles = Styles.of(parts, targetOf(relationships, "styles"));
    var formats = new CellFormats();
    for (SheetPart sheet : sheets) {
      var layout = new SheetLayout(sections, sheet.name());
      new Sheet(parts, sheet.part(), layout, strings, styles, formats, from1904).read();
    }
    return end(sections, MEDIA_TYPE);
  }

  /** The workbook ends. */
  static Reading end(Sections sections, String mediaType) {
    boolean empty = sections.isEmpty();
    sections.end();
    return empty
        ? new Unreadable(Cause.EMPTY, "Its sheets are empty.")
        : new Complete(SourceType.SPREADSHEET, mediaType);
  }

  private static String targetOf(Map<String, Parts.Relationship> relationships, String type) {
    return relationships.values().stream()
        .filter(relationship -> relationship.type().equals(type))
        .map(Parts.Relationship::target)
        .findFirst()
        .orElse("");
  }
}
