package io.kass.documents.format;

import io.kass.ports.document.Reading.Cause;
import io.kass.ports.document.Reading.Unreadable;
import java.io.IOException;
import java.io.Reader;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;

/** What came of the attempt to read bytes as text. */
public sealed interface Decoding {
  /**
   * The text, from its first character on, without a byte order mark. Not to be closed: that would
   * close the channel, which is the caller's.
   */
  record Text(Reader reader) implements Decoding {}

  /** It is no text, or in an encoding that is not known. */
  record Refused(Unreadable reading) implements Decoding {}

  /**
   * Finds out the encoding, for which all bytes are read once, and begins to decode.
   *
   * @param content at any position
   * @param check is run now and then while the encoding is sought; what it throws passes through
   */
  static Decoding of(SeekableByteChannel content, Runnable check) throws IOException {
    return switch (EncodingDetector.detect(content, check)) {
      case EncodingDetector.Finding.Unknown(String message) ->
          new Refused(new Unreadable(Cause.UNSUPPORTED, message));
      case EncodingDetector.Finding.Text(Encoding encoding, int markLength) -> {
        content.position(markLength);
        yield new Text(Channels.newReader(content, encoding.decoder(), 1 << 16));
      }
    };
  }
}
