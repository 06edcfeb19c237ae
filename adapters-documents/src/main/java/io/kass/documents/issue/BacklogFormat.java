package io.kass.documents.issue;

import static io.kass.documents.format.JsonRecords.first;
import static io.kass.documents.format.JsonRecords.objects;
import static io.kass.documents.format.JsonRecords.text;

import io.kass.documents.format.JsonExport;
import io.kass.documents.format.JsonRecords;
import io.kass.documents.format.JsonText;
import io.kass.documents.format.Sample;
import io.kass.ports.Json;
import io.kass.ports.document.Block;
import io.kass.ports.document.SourceType;
import java.io.IOException;
import java.io.Reader;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Issues of Backlog as version 2 of its API gives them, one or many, with their comments where they
 * have any; and comments alone.
 */
final class BacklogFormat extends JsonExport {
  private static final Set<String> WITHOUT =
      Set.of("nulabAccount", "stars", "sharedFiles", "notifications", "mailAddress");

  private static final Pattern ISSUE =
      Pattern.compile(
          "^\\s*[\\[{](?=.*\"issueKey\"\\s*:\\s*\")(?=.*\"(?:projectId|summary|keyId)\"\\s*:)",
          Pattern.DOTALL);
  private static final Pattern COMMENTS =
      Pattern.compile("^\\s*[\\[{](?=.*\"content\"\\s*:)(?=.*\"changeLog\"\\s*:)", Pattern.DOTALL);

  BacklogFormat(InstantSource clock) {
    super(clock, SourceType.ISSUE, "Backlog issues", "backlog/2", ISSUE, COMMENTS);
  }

  @Override
  protected void read(Sample sample, Reader text, Consumer<Block> blocks, Runnable check)
      throws IOException {
    // Comments without their issue are of the one that the file is named by.
    String name = sample.plainName().replaceFirst("\\.[a-z]+$", "");
    var alone = new ArrayList<Fields>();
    JsonRecords.read(
        new JsonText(text, check),
        Set.of("issues"),
        WITHOUT,
        (entry, around) -> {
          if (entry.get("issue") instanceof Json.Obj issue) {
            issue(issue, objects(entry, "comments"), blocks);
          } else if (entry.get("issueKey") == null && entry.get("content") != null) {
            if (alone.isEmpty()) {
              alone.add(new Fields(name, "", "", "", blocks));
            }
            comment(alone.getFirst(), entry);
          } else {
            issue(entry, objects(entry, "comments"), blocks);
          }
        });
  }

  private static void issue(Json.Obj issue, List<Json.Obj> comments, Consumer<Block> blocks) {
    var fields =
        new Fields(
            text(issue, "issueKey"),
            text(issue, "summary"),
            text(issue, "createdUser", "name"),
            text(issue, "created"),
            blocks);
    fields.add("Description", text(issue, "description"));
    fields.facts(
        List.of(
            Fields.fact("Type", text(issue, "issueType", "name")),
            Fields.fact("Status", text(issue, "status", "name")),
            Fields.fact("Priority", text(issue, "priority", "name")),
            Fields.fact("Resolution", text(issue, "resolution", "name")),
            Fields.fact("Assignee", text(issue, "assignee", "name")),
            Fields.fact("Category", names(issue, "category")),
            Fields.fact("Milestone", names(issue, "milestone")),
            Fields.fact("Start", day(text(issue, "startDate"))),
            Fields.fact("Due", day(text(issue, "dueDate"))),
            Fields.fact("Created", day(text(issue, "created"))),
            Fields.fact("By", text(issue, "createdUser", "name"))));
    for (Json.Obj custom : objects(issue, "customFields")) {
      String value =
          first(text(custom, "value"), text(custom, "value", "name"), names(custom, "value"));
      fields.add(first(text(custom, "name"), "Field"), value);
    }
    comments.forEach(comment -> comment(fields, comment));
  }

  private static void comment(Fields fields, Json.Obj comment) {
    fields.comment(
        text(comment, "createdUser", "name"), text(comment, "created"), text(comment, "content"));
  }

  private static String names(Json.Obj issue, String member) {
    return objects(issue, member).stream()
        .map(entry -> text(entry, "name"))
        .collect(Collectors.joining(", "));
  }

  private static String day(String time) {
    return time.length() >= 10 ? time.substring(0, 10) : time;
  }
}
