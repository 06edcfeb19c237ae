package io.kass.ports.document;

import io.kass.ports.CallScope;
import io.kass.ports.TestScopes;
import io.kass.ports.document.DocumentReader.BlockConsumer;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A document as a reader read it.
 *
 * @param reading how it ended
 * @param type what the consumer was told at the beginning, or null where it never began
 * @param mediaType likewise
 * @param blocks in the order they came
 */
public record ReadDocument(
    Reading reading, @Nullable SourceType type, @Nullable String mediaType, List<Block> blocks) {

  /** Reads bytes. */
  public static ReadDocument of(DocumentReader reader, String name, byte[] content) {
    return of(reader, TestScopes.scope(), name, new InMemoryBytes(content));
  }

  /** Reads a text in UTF-8. */
  public static ReadDocument of(DocumentReader reader, String name, String content) {
    return of(reader, name, content.getBytes(StandardCharsets.UTF_8));
  }

  /** Reads a channel, and holds the reader to the protocol of its consumer. */
  public static ReadDocument of(
      DocumentReader reader, CallScope scope, String name, SeekableByteChannel content) {
    var taken = new Taken();
    try {
      Reading reading = reader.read(scope, name, content, taken);
      return new ReadDocument(reading, taken.type, taken.mediaType, List.copyOf(taken.blocks));
    } catch (IOException e) {
      throw new AssertionError("the bytes were there", e);
    }
  }

  /** The texts of all blocks, one after another. */
  public String text() {
    return blocks.stream().map(Block::text).collect(Collectors.joining());
  }

  /**
   * Why it could not be read.
   *
   * @throws AssertionError when it could
   */
  public Reading.Cause cause() {
    return unreadable().cause();
  }

  /**
   * What the user is told.
   *
   * @throws AssertionError when it could be read
   */
  public String message() {
    return unreadable().message();
  }

  private Reading.Unreadable unreadable() {
    if (reading instanceof Reading.Unreadable unreadable) {
      return unreadable;
    }
    throw new AssertionError("it was read: " + this);
  }

  private static final class Taken implements BlockConsumer {
    private final List<Block> blocks = new ArrayList<>();
    private @Nullable SourceType type;
    private @Nullable String mediaType;

    @Override
    public void begin(SourceType sourceType, String media) {
      if (type != null) {
        throw new AssertionError("begun twice");
      }
      type = sourceType;
      mediaType = media;
    }

    @Override
    public void accept(Block block) {
      if (type == null) {
        throw new AssertionError("a block before the beginning: " + block);
      }
      blocks.add(block);
    }
  }
}
