package io.kass.core.chunking;

import java.util.function.Consumer;

/**
 * Cuts conversations into windows of messages, a line {@code author: text} for each, of one
 * channel. A window begins with the last messages of the one before. A chunk is put together from
 * the messages, so its place has no offsets: it tells the channel and the times of the first
 * message and the last. What is no message is cut as running text.
 */
public final class ChatChunker implements Chunker {
  private static final String VERSION = "chat-1";

  private final ChatWindows windows;

  /** Cuts into windows of this many messages. */
  public ChatChunker(ChatWindows windows) {
    this.windows = windows;
  }

  @Override
  public String id() {
    return VERSION + ":" + windows;
  }

  @Override
  public Chunking begin(Consumer<ChunkDraft> chunks) {
    return new ChatChunking(windows, chunks);
  }
}
