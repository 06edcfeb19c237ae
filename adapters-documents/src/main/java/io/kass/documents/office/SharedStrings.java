package io.kass.documents.office;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The texts that cells refer to by number, packed: a few bytes more than they have in UTF-8. */
final class SharedStrings {
  private static final int CHUNK = 1 << 20;

  private final List<byte[]> chunks = new ArrayList<>();
  private long[] ends = new long[1024];
  private int count;
  private long length;

  static SharedStrings of(Parts parts, String name) throws IOException {
    var strings = new SharedStrings();
    var text = new RichText();
    parts.read(
        name,
        (xml, event) -> {
          if (text.on(xml, event, "si")) {
            strings.add(text.take());
          }
        });
    return strings;
  }

  void add(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int done = 0;
    while (done < bytes.length) {
      int offset = (int) (length % CHUNK);
      if (offset == 0) {
        chunks.add(new byte[CHUNK]);
      }
      int part = Math.min(bytes.length - done, CHUNK - offset);
      System.arraycopy(bytes, done, chunks.getLast(), offset, part);
      done += part;
      length += part;
    }
    if (count == ends.length) {
      ends = Arrays.copyOf(ends, count * 2);
    }
    ends[count++] = length;
  }

  /**
   * The text of this number.
   *
   * @throws Refused when there is none
   */
  String get(int number) throws Refused {
    if (number < 0 || number >= count) {
      throw Refused.damaged("text " + number + " is missing");
    }
    long begin = number == 0 ? 0 : ends[number - 1];
    byte[] bytes = new byte[(int) (ends[number] - begin)];
    int done = 0;
    while (done < bytes.length) {
      int offset = (int) ((begin + done) % CHUNK);
      int part = Math.min(bytes.length - done, CHUNK - offset);
      System.arraycopy(chunks.get((int) ((begin + done) / CHUNK)), offset, bytes, done, part);
      done += part;
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
