package io.kass.documents.issue;

import static io.kass.documents.format.JsonRecords.at;
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
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Issues of Jira as versions 2 and 3 of its REST API give them: one, an array, or the result of a
 * search.
 */
final class JiraFormat extends JsonExport {
  private static final Set<String> WITHOUT =
      Set.of("avatarUrls", "iconUrl", "schema", "editmeta", "operations", "transitions", "worklog");

  private static final Pattern ISSUE =
      Pattern.compile(
          "^\\s*[\\[{](?=.*\"key\"\\s*:\\s*\"[A-Z][A-Z0-9_]*-\\d+\")(?=.*\"fields\"\\s*:\\s*\\{)",
          Pattern.DOTALL);

  JiraFormat(InstantSource clock) {
    super(clock, SourceType.ISSUE, "Jira issues", "jira/3", ISSUE);
  }

  @Override
  protected void read(Sample sample, Reader text, Consumer<Block> blocks, Runnable check)
      throws IOException {
    JsonRecords.read(
        new JsonText(text, check),
        Set.of("issues"),
        WITHOUT,
        (entry, around) -> {
          if (entry.get("fields") instanceof Json.Obj) {
            issue(entry, blocks);
          }
        });
  }

  private static void issue(Json.Obj issue, Consumer<Block> blocks) {
    Json of = at(issue, "fields");
    var fields =
        new Fields(
            text(issue, "key"),
            text(of, "summary"),
            person(at(of, "creator")),
            text(of, "created"),
            blocks);
    fields.add("Description", written(at(of, "description")));
    fields.add("Environment", written(at(of, "environment")));
    fields.facts(
        List.of(
            Fields.fact("Type", text(of, "issuetype", "name")),
            Fields.fact("Status", text(of, "status", "name")),
            Fields.fact("Priority", text(of, "priority", "name")),
            Fields.fact("Resolution", text(of, "resolution", "name")),
            Fields.fact("Assignee", person(at(of, "assignee"))),
            Fields.fact("Reporter", person(at(of, "reporter"))),
            Fields.fact("Labels", joined(at(of, "labels"))),
            Fields.fact("Components", joined(at(of, "components"))),
            Fields.fact("Versions", joined(at(of, "fixVersions"))),
            Fields.fact("Created", day(text(of, "created"))),
            Fields.fact("Due", text(of, "duedate")),
            Fields.fact("Parent", named(at(of, "parent"))),
            Fields.fact("Subtasks", joined(objects(of, "subtasks"), JiraFormat::named)),
            Fields.fact("Links", joined(objects(of, "issuelinks"), JiraFormat::link)),
            Fields.fact(
                "Attachments", joined(objects(of, "attachment"), file -> text(file, "filename")))));
    for (Json.Obj comment : objects(of, "comment", "comments")) {
      fields.comment(
          person(at(comment, "author")), text(comment, "created"), written(at(comment, "body")));
    }
  }

  /** Plain text as it is; a document of version 3 as its text. */
  private static String written(@Nullable Json value) {
    return value instanceof Json.Text(String text) ? text : AtlassianDocument.text(value);
  }

  private static String person(@Nullable Json value) {
    return first(text(value, "displayName"), text(value, "name"));
  }

  private static String joined(@Nullable Json value) {
    var names = new ArrayList<String>();
    if (value instanceof Json.Array(List<Json> items)) {
      for (Json item : items) {
        names.add(item instanceof Json.Text(String text) ? text : text(item, "name"));
      }
    }
    return String.join(", ", names);
  }

  private static String joined(List<Json.Obj> items, Function<Json.Obj, String> name) {
    return items.stream().map(name).filter(n -> !n.isBlank()).collect(Collectors.joining(", "));
  }

  /** Another issue, such as {@code OPS-7 Disk full}. */
  private static String named(@Nullable Json issue) {
    return (text(issue, "key") + " " + text(issue, "fields", "summary")).strip();
  }

  /** How an issue is tied to another, such as {@code blocks OPS-7 Disk full}. */
  private static String link(Json.Obj link) {
    String outward = named(at(link, "outwardIssue"));
    return outward.isEmpty()
        ? text(link, "type", "inward") + " " + named(at(link, "inwardIssue"))
        : text(link, "type", "outward") + " " + outward;
  }

  private static String day(String time) {
    return time.length() >= 10 ? time.substring(0, 10) : time;
  }
}
