package io.kass.documents.csv;

import java.util.List;

/**
 * A record of a table.
 *
 * @param firstLine where it begins, from 1
 * @param lastLine where it ends; later than {@code firstLine} where a value has line breaks
 */
record CsvRecord(List<String> values, int firstLine, int lastLine) {
  CsvRecord {
    values = List.copyOf(values);
  }

  boolean isBlank() {
    return values.stream().allMatch(String::isBlank);
  }
}
