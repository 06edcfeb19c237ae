package io.kass.documents.issue;

import static io.kass.documents.format.JsonRecords.at;
import static io.kass.documents.format.JsonRecords.first;

import io.kass.documents.format.JsonRecords;
import io.kass.ports.Json;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The text of a document in the Atlassian Document Format, a line a paragraph. */
final class AtlassianDocument {
  private AtlassianDocument() {}

  static String text(@Nullable Json document) {
    var out = new StringBuilder();
    node(document, out);
    return out.toString().replaceAll("\n{3,}", "\n\n").strip();
  }

  private static void node(@Nullable Json node, StringBuilder out) {
    switch (kind(node)) {
      case "text" -> out.append(JsonRecords.text(node, "text"));
      case "hardBreak" -> out.append('\n');
      case "mention" -> out.append(attribute(node, "text"));
      case "emoji" -> out.append(first(attribute(node, "text"), attribute(node, "shortName")));
      case "date" -> out.append(day(attribute(node, "timestamp")));
      case "status" -> out.append(attribute(node, "text"));
      case "inlineCard", "blockCard", "embedCard" -> out.append(attribute(node, "url"));
      case "rule" -> out.append('\n');
      case "listItem", "taskItem", "decisionItem" -> {
        out.append("- ");
        content(node, out);
        line(out);
      }
      case "tableCell", "tableHeader" -> {
        int from = out.length();
        content(node, out);
        String cell = out.substring(from).strip().replace('\n', ' ');
        out.setLength(from);
        out.append(cell).append(" | ");
      }
      case "paragraph", "heading", "codeBlock", "tableRow", "caption" -> {
        content(node, out);
        line(out);
      }
      default -> content(node, out);
    }
  }

  /** A day, in milliseconds since 1970. */
  private static String day(String timestamp) {
    return timestamp.matches("-?\\d{1,15}")
        ? Instant.ofEpochMilli(Long.parseLong(timestamp)).toString().substring(0, 10)
        : timestamp;
  }

  private static String kind(@Nullable Json node) {
    return JsonRecords.text(node, "type");
  }

  private static String attribute(@Nullable Json node, String name) {
    return JsonRecords.text(node, "attrs", name);
  }

  private static void content(@Nullable Json node, StringBuilder out) {
    if (at(node, "content") instanceof Json.Array(List<Json> items)) {
      items.forEach(item -> node(item, out));
    }
  }

  private static void line(StringBuilder out) {
    if (!out.isEmpty() && out.charAt(out.length() - 1) != '\n') {
      out.append('\n');
    }
  }
}
