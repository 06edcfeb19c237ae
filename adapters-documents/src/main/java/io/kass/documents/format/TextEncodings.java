package io.kass.documents.format;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import org.jspecify.annotations.Nullable;

/** Which encoding a text of another format is in. Stateless. */
public final class TextEncodings {
  private TextEncodings() {}

  /** The encoding that the bytes speak for, or null. Leaves the channel at any position. */
  public static @Nullable Charset charsetOf(SeekableByteChannel content) throws IOException {
    return switch (EncodingDetector.detect(content, () -> {})) {
      case EncodingDetector.Finding.Text(Encoding encoding, int markLength) ->
          encoding.decoder().charset();
      case EncodingDetector.Finding.Unknown unknown -> null;
    };
  }

  /**
   * The encoding of this name, or null where there is none. Names are taken as browsers take them:
   * Shift_JIS with the characters of Windows, ISO-8859-1 as Windows-1252.
   */
  public static @Nullable Charset named(String name) {
    String known =
        switch (name) {
          case "shift_jis", "shift-jis", "sjis", "x-sjis", "ms_kanji", "cp932" -> "windows-31j";
          case "iso-8859-1", "latin1", "us-ascii", "ascii" -> "windows-1252";
          default -> name;
        };
    try {
      return Charset.isSupported(known) ? Charset.forName(known) : null;
    } catch (IllegalCharsetNameException e) {
      return null;
    }
  }
}
