package io.kass.local.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes server-sent events out of bytes that come in pieces of any size. Lines end with CR, LF or
 * both; comments and unknown fields are skipped. Beyond the standard, the last event counts without
 * the blank line after it, and the {@code error:} field, which some servers send, is data.
 *
 * <p>Not thread-safe.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">the standard</a>
 */
public final class SseReader implements Framing {
  private static final String BYTE_ORDER_MARK = "\ufeff";

  private final int longestEvent;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final StringBuilder data = new StringBuilder();
  private boolean hasData;
  private boolean afterCarriageReturn;
  private boolean firstLine = true;

  /**
   * @param longestEvent how many bytes an event may have
   */
  public SseReader(int longestEvent) {
    this.longestEvent = longestEvent;
  }

  /** The data of each event that these bytes complete. */
  @Override
  public List<String> read(ByteBuffer bytes) {
    var events = new ArrayList<String>();
    while (bytes.hasRemaining()) {
      byte b = bytes.get();
      boolean secondOfTwo = b == '\n' && afterCarriageReturn;
      afterCarriageReturn = b == '\r';
      if (secondOfTwo) {
        continue;
      }
      if (b == '\n' || b == '\r') {
        endLine(events);
      } else if (line.size() + data.length() < longestEvent) {
        line.write(b);
      } else {
        throw new IllegalArgumentException("an event of more than " + longestEvent + " bytes");
      }
    }
    return events;
  }

  /** The event that was not finished when the bytes ended, if there was one. */
  @Override
  public List<String> end() {
    var events = new ArrayList<String>();
    endLine(events);
    dispatch(events);
    return events;
  }

  private void endLine(List<String> events) {
    String text = line.toString(StandardCharsets.UTF_8);
    line.reset();
    if (firstLine && text.startsWith(BYTE_ORDER_MARK)) {
      text = text.substring(BYTE_ORDER_MARK.length());
    }
    firstLine = false;
    if (text.isEmpty()) {
      dispatch(events);
      return;
    }
    int colon = text.indexOf(':');
    String field = colon < 0 ? text : text.substring(0, colon);
    if (field.equals("data") || field.equals("error")) {
      String value = colon < 0 ? "" : text.substring(colon + 1);
      data.append(hasData ? "\n" : "").append(value.startsWith(" ") ? value.substring(1) : value);
      hasData = true;
    }
  }

  private void dispatch(List<String> events) {
    if (hasData) {
      events.add(data.toString());
    }
    data.setLength(0);
    hasData = false;
  }
}
