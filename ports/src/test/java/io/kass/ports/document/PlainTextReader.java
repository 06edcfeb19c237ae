package io.kass.ports.document;

import io.kass.ports.CallScope;
import io.kass.ports.document.Block.Prose;
import io.kass.ports.document.Reading.Cause;
import io.kass.ports.document.Reading.Complete;
import io.kass.ports.document.Reading.Unreadable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A reader of UTF-8, in windows of a line each, for tests of what comes after it. A name that ends
 * in {@code .md} makes it Markdown; a text that begins with an exclamation mark turns out damaged,
 * though only at its end, like a file that was cut off.
 */
public final class PlainTextReader implements DocumentReader {
  private final String id;
  private final AtomicInteger readings = new AtomicInteger();

  /** A reader that gives this as its id. */
  public PlainTextReader(String id) {
    this.id = id;
  }

  /** How often it was asked to read. */
  public int readings() {
    return readings.get();
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public Reading read(
      CallScope scope, String name, SeekableByteChannel content, BlockConsumer blocks)
      throws IOException {
    readings.incrementAndGet();
    scope.check(InstantSource.system());
    InputStream in = Channels.newInputStream(content.position(0));
    String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    if (text.isBlank()) {
      return new Unreadable(Cause.EMPTY, "It is empty.");
    } else if (text.indexOf('\0') >= 0) {
      return new Unreadable(Cause.UNSUPPORTED, "It is binary data.");
    }
    boolean markdown = name.endsWith(".md");
    SourceType type = markdown ? SourceType.MARKDOWN : SourceType.TEXT;
    String mediaType = markdown ? "text/markdown" : "text/plain";
    blocks.begin(type, mediaType);
    hand(text, blocks);
    return text.startsWith("!")
        ? new Unreadable(Cause.DAMAGED, "It is damaged.")
        : new Complete(type, mediaType);
  }

  private static void hand(String text, BlockConsumer blocks) {
    int begin = 0;
    int line = 1;
    while (begin < text.length()) {
      int end = text.indexOf('\n', begin) + 1;
      if (end == 0) {
        end = text.length();
      }
      var place = new Place(new Locator.Lines(line, line), List.of(), begin, end);
      blocks.accept(new Prose(text.substring(begin, end), place));
      begin = end;
      line++;
    }
  }
}
