package io.kass.core.chunking;

import io.kass.ports.Json;
import io.kass.ports.Metadata;
import io.kass.ports.document.Block;
import io.kass.ports.document.Locator;
import io.kass.ports.document.Place;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One conversation on its way into windows. */
final class ChatChunking implements Chunking {
  private final ChatWindows windows;
  private final Consumer<ChunkDraft> chunks;
  private final BlockChunking others;
  private final List<Block.ChatMessage> window = new ArrayList<>();

  /** How many messages at the beginning of the window are in a chunk already. */
  private int told;

  ChatChunking(ChatWindows windows, Consumer<ChunkDraft> chunks) {
    this.windows = windows;
    this.chunks = chunks;
    var sizes = new ChunkSizes(windows.longest(), 0);
    this.others = new BlockChunking(output -> new RecursiveCutter(sizes, output), chunks);
  }

  @Override
  public void accept(Block block) {
    if (!(block instanceof Block.ChatMessage message)) {
      end();
      others.accept(block);
      return;
    }
    if (message.text().isBlank()) {
      return;
    }
    others.finish();
    if (!window.isEmpty() && !channel(message).equals(channel(window.getFirst()))) {
      end();
    }
    window.add(message);
    if (window.size() == windows.messages()) {
      tell();
      window.subList(0, window.size() - windows.shared()).clear();
      told = window.size();
    }
  }

  @Override
  public void finish() {
    end();
    others.finish();
  }

  private void end() {
    if (window.size() > told) {
      tell();
    }
    window.clear();
    told = 0;
  }

  private void tell() {
    List<String> lines = window.stream().map(ChatChunking::line).toList();
    String text = String.join("\n", lines);
    if (text.length() <= windows.longest()) {
      tell(text, lines, 0);
      return;
    }
    var sizes = new ChunkSizes(windows.longest(), 0);
    var cutter =
        new RecursiveCutter(
            sizes, (part, begin, first, last, headings) -> tell(part, lines, (int) begin));
    cutter.append(text);
    cutter.finish();
  }

  /** Hands over a part of the window's text, with the place of those of its lines that it has. */
  private void tell(String part, List<String> lines, int begin) {
    var parts = new ChunkParts();
    Instant first = null;
    Instant last = null;
    int at = 0;
    for (int i = 0; i < lines.size(); i++) {
      int end = at + lines.get(i).length();
      if (end > begin && at < begin + part.length()) {
        Instant when = window.get(i).at();
        first = first == null ? when : first;
        last = when == null ? last : when;
        parts.add(
            Math.max(0, at - begin), new Locator.Messages(channel(window.getFirst()), when, when));
      }
      at = end + 1;
    }
    var place =
        new Place(
            new Locator.Messages(channel(window.getFirst()), first, last),
            window.getFirst().place().headings(),
            -1,
            -1);
    chunks.accept(new ChunkDraft(part, place, parts.in(metadata())));
  }

  private static String line(Block.ChatMessage message) {
    String text = message.text().strip();
    return message.author().isEmpty() ? text : message.author() + ": " + text;
  }

  private Metadata metadata() {
    Map<String, Json> values = new LinkedHashMap<>();
    values.put("channel", Json.of(channel(window.getFirst())));
    values.put("message_count", Json.of((long) window.size()));
    Instant first = first();
    if (first != null) {
      values.put("start_time", Json.of(first.toString()));
    }
    Instant last = last();
    if (last != null) {
      values.put("end_time", Json.of(last.toString()));
    }
    return Metadata.of(values);
  }

  private @Nullable Instant first() {
    return window.getFirst().at();
  }

  private @Nullable Instant last() {
    return window.getLast().at();
  }

  private static String channel(Block.ChatMessage message) {
    return message.place().locator() instanceof Locator.Messages(String channel, var a, var b)
        ? channel
        : "";
  }
}
