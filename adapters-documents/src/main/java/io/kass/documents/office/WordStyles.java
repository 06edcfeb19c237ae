package io.kass.documents.office;

import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamConstants;

/** Which styles of a Word document are titles, and of which level. */
final class WordStyles {
  private static final Pattern TITLE = Pattern.compile("(?:heading|見出し)\\s*([1-9])");

  private final Map<String, Integer> levels = new HashMap<>();
  private final Map<String, String> parents = new HashMap<>();
  private String current = "";

  private WordStyles() {}

  static WordStyles of(Parts parts, String name) throws IOException {
    var styles = new WordStyles();
    parts.read(
        name,
        (xml, event) -> {
          if (event != XMLStreamConstants.START_ELEMENT) {
            return;
          }
          switch (xml.getLocalName()) {
            case "style" -> styles.current = Parts.attribute(xml, "styleId");
            case "name" -> styles.named(Parts.attribute(xml, "val"));
            case "basedOn" -> styles.parents.put(styles.current, Parts.attribute(xml, "val"));
            case "outlineLvl" -> styles.outlined(Styles.number(xml, "val"));
            default -> {}
          }
        });
    return styles;
  }

  private void named(String name) {
    String lower = name.toLowerCase(Locale.ROOT).strip();
    Matcher matcher = TITLE.matcher(lower);
    if (matcher.matches()) {
      levels.put(current, Integer.parseInt(matcher.group(1)));
    } else if (lower.equals("title") || lower.equals("表題")) {
      levels.put(current, 1);
    }
  }

  private void outlined(int level) {
    if (level >= 0 && level < 9) {
      levels.putIfAbsent(current, level + 1);
    }
  }

  /** The level of titles in this style, or 0 where it is not one of titles. */
  int levelOf(String style) {
    String at = style;
    for (int i = 0; i < 10 && !at.isEmpty(); i++) {
      Integer level = levels.get(at);
      if (level != null) {
        return level;
      }
      at = parents.getOrDefault(at, "");
    }
    return 0;
  }
}
