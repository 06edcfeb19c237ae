package io.kass.local.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes lines of UTF-8 out of bytes that come in pieces of any size, such as JSON values of a line
 * each ({@code application/x-ndjson}). Lines end with LF; white space around them does not count,
 * and blank ones are skipped. Not thread-safe.
 */
public final class LineReader implements Framing {
  private final int longestLine;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  /**
   * @param longestLine how many bytes a line may have
   */
  public LineReader(int longestLine) {
    this.longestLine = longestLine;
  }

  @Override
  public List<String> read(ByteBuffer bytes) {
    var lines = new ArrayList<String>();
    while (bytes.hasRemaining()) {
      byte b = bytes.get();
      if (b == '\n') {
        lines.addAll(end());
      } else if (line.size() < longestLine) {
        line.write(b);
      } else {
        throw new IllegalArgumentException("a line of more than " + longestLine + " bytes");
      }
    }
    return lines;
  }

  @Override
  public List<String> end() {
    String text = line.toString(StandardCharsets.UTF_8).strip();
    line.reset();
    return text.isEmpty() ? List.of() : List.of(text);
  }
}
