package io.kass.core.ingestion;

import io.kass.ports.CallScope;
import io.kass.ports.document.Block;
import io.kass.ports.document.DocumentReader;
import io.kass.ports.document.Locator;
import io.kass.ports.document.Place;
import io.kass.ports.document.Reading;
import io.kass.ports.document.SourceType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads UTF-8 whole; what begins with an exclamation mark is damaged. */
final class PlainReader implements DocumentReader {
  private final String id;
  private int readings;

  PlainReader(String id) {
    this.id = id;
  }

  synchronized int readings() {
    return readings;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public Reading read(
      CallScope scope, String name, SeekableByteChannel content, BlockConsumer blocks)
      throws IOException {
    synchronized (this) {
      readings++;
    }
    InputStream in = Channels.newInputStream(content);
    String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    if (text.isEmpty()) {
      return new Reading.Unreadable(Reading.Cause.EMPTY, "It is empty.");
    }
    blocks.begin(SourceType.TEXT, "text/plain");
    int lines = (int) text.lines().count();
    blocks.accept(
        new Block.Prose(text, new Place(new Locator.Lines(1, lines), List.of(), 0, text.length())));
    // Found only at the end, as with a file that was cut off.
    return text.startsWith("!")
        ? new Reading.Unreadable(Reading.Cause.DAMAGED, "It is damaged.")
        : new Reading.Complete(SourceType.TEXT, "text/plain");
  }
}
