package io.kass.documents.patch;

import io.kass.documents.format.Windows;
import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/** Lines with their ends (LF; a CR before it is part of the line); very long ones in pieces. */
final class PatchLines {
  private final Reader reader;
  private final char[] buffer = new char[1 << 15];
  private int position;
  private int limit;
  private int number;

  PatchLines(Reader reader) {
    this.reader = reader;
  }

  /** How many were given. */
  int number() {
    return number;
  }

  /** The next line or piece of one, or null at the end. */
  @Nullable String next() throws IOException {
    var line = new StringBuilder();
    while (true) {
      if (position == limit) {
        position = 0;
        limit = reader.read(buffer, 0, buffer.length);
        if (limit <= 0) {
          limit = 0;
          number++;
          return line.isEmpty() ? null : line.toString();
        }
      }
      int from = position;
      while (position < limit && buffer[position] != '\n') {
        position++;
      }
      boolean ended = position < limit;
      position += ended ? 1 : 0;
      line.append(buffer, from, position - from);
      // Never between the halves of a surrogate pair.
      boolean full =
          line.length() >= Windows.MAX / 2
              && !Character.isHighSurrogate(line.charAt(line.length() - 1));
      if (ended || full) {
        number++;
        return line.toString();
      }
    }
  }
}
