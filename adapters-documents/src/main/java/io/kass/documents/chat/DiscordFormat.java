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
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What DiscordChatExporter writes, and arrays of messages as Discord's API gives them. */
final class DiscordFormat extends JsonExport {
  private static final Set<String> WITHOUT =
      Set.of("roles", "reactions", "avatarUrl", "avatar", "inlineEmojis", "components", "iconUrl");

  private static final Pattern EXPORT =
      Pattern.compile("^\\s*\\{\\s*\"guild\"\\s*:\\s*\\{.*\"channel\"\\s*:\\s*\\{", Pattern.DOTALL);
  private static final Pattern MESSAGES =
      Pattern.compile(
          "^\\s*\\[\\s*\\{(?=.*\"channel_id\"\\s*:\\s*\"\\d)(?=.*\"(?:author|tts|mention_everyone)\"\\s*:)",
          Pattern.DOTALL);

  /** A mention of a person, as the API has it. */
  private static final Pattern MENTION = Pattern.compile("<@!?(\\d+)>");

  /** Signs of one's own: {@code <:name:id>}. */
  private static final Pattern EMOJI = Pattern.compile("<a?(:\\w+:)\\d+>");

  DiscordFormat(InstantSource clock) {
    super(clock, SourceType.CHAT, "Discord exports", "discord/1", EXPORT, MESSAGES);
  }

  @Override
  protected void read(Sample sample, Reader text, Consumer<Block> blocks, Runnable check)
      throws IOException {
    JsonRecords.read(
        new JsonText(text, check),
        Set.of("messages"),
        WITHOUT,
        (message, around) -> message(message, around, sample, blocks));
  }

  private static void message(
      Json.Obj message, Map<String, Json> around, Sample sample, Consumer<Block> blocks) {
    String channel = first(text(around.get("channel"), "name"), ChatNames.ofFile(sample.name()));
    String author =
        first(
            text(message, "author", "nickname"),
            text(message, "author", "global_name"),
            text(message, "author", "username"),
            text(message, "author", "name"),
            "unknown");
    String content = content(message);
    if (!content.isBlank()) {
      blocks.accept(
          ChatNames.message(
              author, ChatNames.instant(text(message, "timestamp")), content, channel));
    }
  }

  private static String content(Json.Obj message) {
    var parts = new ArrayList<String>();
    parts.add(resolved(message, text(message, "content")));
    for (Json.Obj embed : objects(message, "embeds")) {
      parts.add(text(embed, "title"));
      parts.add(text(embed, "description"));
      for (Json.Obj field : objects(embed, "fields")) {
        parts.add(ChatNames.pair(text(field, "name"), text(field, "value")));
      }
    }
    for (Json.Obj file : objects(message, "attachments")) {
      parts.add(
          ChatNames.pair("Attachment", first(text(file, "fileName"), text(file, "filename"))));
    }
    // A forwarded message comes as a copy of what was said.
    for (Json.Obj copy : objects(message, "message_snapshots")) {
      parts.add(text(copy, "message", "content"));
    }
    parts.add(text(at(message, "forwardedMessage"), "content"));
    return ChatNames.lines(parts);
  }

  private static String resolved(Json.Obj message, String content) {
    if (content.indexOf('<') < 0) {
      return content;
    }
    var names = new HashMap<String, String>();
    for (Json.Obj person : objects(message, "mentions")) {
      names.put(
          text(person, "id"),
          first(
              text(person, "nickname"),
              text(person, "global_name"),
              text(person, "username"),
              text(person, "name")));
    }
    String plain = EMOJI.matcher(content).replaceAll("$1");
    return MENTION
        .matcher(plain)
        .replaceAll(
            match -> Matcher.quoteReplacement("@" + names.getOrDefault(match.group(1), "someone")));
  }
}
