package io.kass.local.http;

import java.nio.ByteBuffer;
import java.util.List;

/** Takes messages out of bytes that come in pieces of any size. Not thread-safe. */
public interface Framing {
  /**
   * The messages that these bytes complete.
   *
   * @throws IllegalArgumentException when a message is too long
   */
  List<String> read(ByteBuffer bytes);

  /** The message that was not finished when the bytes ended, if there was one. */
  List<String> end();
}
