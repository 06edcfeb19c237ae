package io.kass.documents.office;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamReader;

/** How the cells of a workbook look, as far as it matters. */
final class Styles {
  /** A look: the code of its format, and whether it is bold or filled. */
  record Style(String format, boolean emphasised) {}

  static final Style PLAIN = new Style("General", false);

  private final List<Style> styles = new ArrayList<>();
  private final Map<Integer, String> formats = new HashMap<>();
  private final List<Boolean> bold = new ArrayList<>();
  private final List<Boolean> filled = new ArrayList<>();
  private String group = "";

  private Styles() {}

  static Styles of(Parts parts, String name) throws IOException {
    var styles = new Styles();
    parts.read(name, styles::on);
    return styles;
  }

  Style get(int number) {
    return number >= 0 && number < styles.size() ? styles.get(number) : PLAIN;
  }

  private void on(XMLStreamReader xml, int event) {
    if (event != XMLStreamConstants.START_ELEMENT) {
      return;
    }
    switch (xml.getLocalName()) {
      case "numFmts",
          "fonts",
          "fills",
          "borders",
          "cellStyleXfs",
          "cellXfs",
          "cellStyles",
          "dxfs" ->
          group = xml.getLocalName();
      case "numFmt" -> {
        if (group.equals("numFmts")) {
          formats.put(number(xml, "numFmtId"), Parts.attribute(xml, "formatCode"));
        }
      }
      case "font" -> {
        if (group.equals("fonts")) {
          bold.add(false);
        }
      }
      case "b" -> {
        if (group.equals("fonts") && !bold.isEmpty()) {
          String value = Parts.attribute(xml, "val");
          bold.set(bold.size() - 1, !value.equals("0") && !value.equals("false"));
        }
      }
      case "fill" -> {
        if (group.equals("fills")) {
          filled.add(false);
        }
      }
      case "patternFill" -> {
        if (group.equals("fills") && !filled.isEmpty()) {
          String type = Parts.attribute(xml, "patternType");
          filled.set(filled.size() - 1, !type.isEmpty() && !type.equals("none"));
        }
      }
      case "xf" -> {
        if (group.equals("cellXfs")) {
          int id = number(xml, "numFmtId");
          String format = formats.get(id);
          boolean emphasised =
              isSet(bold, number(xml, "fontId")) || isSet(filled, number(xml, "fillId"));
          styles.add(new Style(format == null ? CellFormats.builtin(id) : format, emphasised));
        }
      }
      default -> {}
    }
  }

  private static boolean isSet(List<Boolean> flags, int number) {
    return number >= 0 && number < flags.size() && flags.get(number);
  }

  static int number(XMLStreamReader xml, String name) {
    try {
      return Integer.parseInt(Parts.attribute(xml, name));
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
