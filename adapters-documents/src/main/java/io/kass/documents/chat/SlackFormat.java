package io.kass.documents.chat;

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
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a day in a channel, as Slack exports a workspace, and lists of messages as its
 * API gives them. People are named as the messages themselves tell.
 */
final class SlackFormat extends JsonExport {
  private static final Set<String> WITHOUT =
      Set.of("reactions", "edited", "icons", "bot_profile", "replies", "reply_users", "saved");

  /** Events that nobody wrote and nobody looks for. */
  private static final Set<String> EVENTS =
      Set.of(
          "channel_join",
          "channel_leave",
          "group_join",
          "group_leave",
          "bot_add",
          "bot_remove",
          "tombstone",
          "pinned_item",
          "unpinned_item",
          "reminder_add");

  private static final Pattern MESSAGES =
      Pattern.compile(
          "^\\s*(?:\\[|\\{[^\\[]{0,500}\"messages\"\\s*:\\s*\\[)\\s*\\{"
              + "(?=.*\"type\"\\s*:\\s*\"message\")"
              + "(?=.*\"(?:ts\"\\s*:\\s*\"\\d{9,}\\.\\d{6}|client_msg_id)\")",
          Pattern.DOTALL);

  private static final Pattern TIME = Pattern.compile("\\d{1,11}(?:\\.\\d{1,9})?");

  /** People remembered of one document. */
  private static final int MAX_PEOPLE = 20_000;

  SlackFormat(InstantSource clock) {
    super(clock, SourceType.CHAT, "Slack exports", "slack/1", MESSAGES);
  }

  @Override
  protected void read(Sample sample, Reader text, Consumer<Block> blocks, Runnable check)
      throws IOException {
    var messages = new Messages(ChatNames.ofFile(sample.name()), blocks);
    JsonRecords.read(
        new JsonText(text, check),
        Set.of("messages"),
        WITHOUT,
        (message, around) -> messages.take(message));
  }

  /** The messages of one document; remembers who is who and who began which thread. */
  private static final class Messages {
    private final String channel;
    private final Consumer<Block> blocks;
    private final Map<String, String> people = bounded();
    private final Map<String, String> threads = bounded();

    Messages(String channel, Consumer<Block> blocks) {
      this.channel = channel;
      this.blocks = blocks;
    }

    void take(Json.Obj message) {
      if (EVENTS.contains(text(message, "subtype"))) {
        return;
      }
      String author = author(message);
      String time = text(message, "ts");
      String content = content(message);
      String thread = text(message, "thread_ts");
      if (thread.equals(time)) {
        threads.put(thread, author);
      } else if (!thread.isEmpty() && threads.containsKey(thread)) {
        content = "(reply to " + threads.get(thread) + ") " + content;
      }
      if (!content.isBlank()) {
        blocks.accept(ChatNames.message(author, instant(time), content, channel));
      }
    }

    private String author(Json.Obj message) {
      String id = text(message, "user");
      String name =
          first(
              text(message, "user_profile", "display_name"),
              text(message, "user_profile", "real_name"),
              text(message, "user_profile", "name"),
              text(message, "username"),
              text(message, "comment", "user"));
      if (!id.isEmpty() && !name.isEmpty()) {
        people.put(id, name);
      }
      return first(name, people.getOrDefault(id, id), text(message, "bot_id"), "unknown");
    }

    private String content(Json.Obj message) {
      var parts = new ArrayList<String>();
      String said = text(message, "text");
      if (said.isBlank()) {
        blocks(at(message, "blocks"), parts);
      } else {
        parts.add(said);
      }
      for (Json.Obj attachment : objects(message, "attachments")) {
        parts.add(text(attachment, "pretext"));
        parts.add(text(attachment, "title"));
        String words = text(attachment, "text");
        parts.add(first(words, text(attachment, "fallback")));
        for (Json.Obj field : objects(attachment, "fields")) {
          parts.add(ChatNames.pair(text(field, "title"), text(field, "value")));
        }
        blocks(at(attachment, "blocks"), parts);
      }
      for (Json.Obj file : objects(message, "files")) {
        parts.add(ChatNames.pair("File", first(text(file, "title"), text(file, "name"))));
        parts.add(text(file, "plain_text"));
      }
      return ChatNames.lines(parts.stream().map(p -> SlackText.plain(p, people)).toList());
    }

    /** The texts of blocks, however they are nested. */
    private static void blocks(@Nullable Json value, List<String> parts) {
      switch (value) {
        case Json.Array(List<Json> items) -> items.forEach(item -> blocks(item, parts));
        case Json.Obj block when isSection(block) -> {
          var line = new StringBuilder();
          objects(block, "elements").forEach(element -> inline(element, line));
          parts.add(line.toString());
        }
        case Json.Obj block -> {
          if (block.get("text") instanceof Json.Text(String text)) {
            parts.add(text);
          } else {
            blocks(block.get("text"), parts);
          }
          blocks(block.get("fields"), parts);
          blocks(block.get("elements"), parts);
        }
        case null, default -> {}
      }
    }

    private static boolean isSection(Json.Obj block) {
      return switch (text(block, "type")) {
        case "rich_text_section", "rich_text_preformatted", "rich_text_quote" -> true;
        default -> false;
      };
    }

    private static void inline(Json.Obj element, StringBuilder line) {
      switch (text(element, "type")) {
        case "user" -> line.append("<@").append(text(element, "user_id")).append('>');
        case "channel" -> line.append("<#").append(text(element, "channel_id")).append('>');
        case "emoji" -> line.append(':').append(text(element, "name")).append(':');
        case "broadcast" -> line.append('@').append(text(element, "range"));
        case "link" -> line.append(first(text(element, "text"), text(element, "url")));
        default -> line.append(text(element, "text"));
      }
    }

    private static @Nullable Instant instant(String seconds) {
      if (!TIME.matcher(seconds).matches()) {
        return null;
      }
      var value = new BigDecimal(seconds);
      long nanos = value.remainder(BigDecimal.ONE).movePointRight(9).longValue();
      return Instant.ofEpochSecond(value.longValue(), nanos);
    }

    private static Map<String, String> bounded() {
      return new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > MAX_PEOPLE;
        }
      };
    }
  }
}
