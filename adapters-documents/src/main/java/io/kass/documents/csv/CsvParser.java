package io.kass.documents.csv;

import io.kass.documents.format.DocumentFault;
import io.kass.ports.document.Reading.Cause;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads records as RFC 4180 has them, and as spreadsheets write them: a quote within a value that
 * does not begin with one is a quote ({@code 5" pipe}), and what follows a closing quote belongs to
 * the value. Lines end with LF, CRLF or CR. Holds one record at a time.
 */
final class CsvParser {
  /** The longest record, in UTF-16 code units; a spreadsheet's cell has at most 32,767. */
  static final int MAX_RECORD = 1 << 20;

  private static final int END = -1;
  private static final int MAX_COLUMNS = 20_000;

  private final Reader reader;
  private final char separator;
  private final char[] buffer = new char[1 << 14];
  private final StringBuilder value = new StringBuilder();
  private int position;
  private int limit;
  private int line = 1;
  private int length;

  CsvParser(Reader reader, char separator) {
    this.reader = reader;
    this.separator = separator;
  }

  /**
   * The next record, or null at the end. An empty line is a record of one empty value.
   *
   * @throws DocumentFault when a quote is never closed or a record is too long
   */
  @Nullable CsvRecord next() throws IOException {
    if (peek() == END) {
      return null;
    }
    int first = line;
    length = 0;
    List<String> values = new ArrayList<>();
    while (true) {
      int end = value();
      values.add(value.toString());
      value.setLength(0);
      if (values.size() > MAX_COLUMNS) {
        throw fault("Line %d has more than %d columns.".formatted(first, MAX_COLUMNS));
      }
      if (end != separator) {
        int last = line;
        if (end != END) {
          line++;
        }
        return new CsvRecord(values, first, last);
      }
    }
  }

  /** Reads a value and what ends it: the separator, a line feed, or the end. */
  private int value() throws IOException {
    if (peek() == '"') {
      quoted();
    }
    while (true) {
      int c = take();
      if (c == '\r') {
        if (peek() == '\n') {
          take();
        }
        return '\n';
      } else if (c == separator || c == '\n' || c == END) {
        return c;
      }
      append(c);
    }
  }

  private void quoted() throws IOException {
    int opened = line;
    take();
    while (true) {
      int c = take();
      if (c == END) {
        throw fault("The quote that opens in line %d is never closed.".formatted(opened));
      } else if (c == '"') {
        if (peek() != '"') {
          return;
        }
        take();
      } else if (c == '\n' || (c == '\r' && peek() != '\n')) {
        line++;
      }
      append(c, opened);
    }
  }

  private static DocumentFault fault(String message) {
    return new DocumentFault(
        Cause.DAMAGED, "It is no whole CSV: " + message + " Repair it, or rename it.");
  }

  private void append(int c) throws IOException {
    append(c, line);
  }

  private void append(int c, int from) throws IOException {
    length++;
    if (length > MAX_RECORD) {
      throw fault(
          "The record at line %d is longer than %d characters; is a quote not closed?"
              .formatted(from, MAX_RECORD));
    }
    value.append((char) c);
  }

  private int peek() throws IOException {
    if (position == limit) {
      position = 0;
      limit = Math.max(0, reader.read(buffer, 0, buffer.length));
    }
    return position == limit ? END : buffer[position];
  }

  private int take() throws IOException {
    int c = peek();
    if (c != END) {
      position++;
    }
    return c;
  }
}
