package io.kass.documents.csv;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a table is written: what separates its values, and whether a line says so, as Excel's {@code
 * sep=;} does.
 */
record CsvDialect(char separator, boolean declared) {
  private static final Pattern DECLARATION =
      Pattern.compile("(?:sep=(.)|\"sep=(.)\")[\\t;, ]*(?:\\r|\\n|$)", Pattern.CASE_INSENSITIVE);
  private static final char[] SEPARATORS = {',', '\t', ';', '|'};

  /** What is looked at, in records. */
  private static final int ENOUGH = 50;

  /**
   * Finds out from the beginning of a table.
   *
   * @param whole whether that is all of it; otherwise its last record counts for nothing
   */
  static CsvDialect of(String head, boolean whole) {
    Matcher line = DECLARATION.matcher(head);
    if (line.lookingAt()) {
      String sign = line.group(1) == null ? line.group(2) : line.group(1);
      return new CsvDialect(sign.charAt(0), true);
    }
    char best = ',';
    double most = 0;
    for (char separator : SEPARATORS) {
      double score = score(records(head, whole, separator));
      if (score > most) {
        best = separator;
        most = score;
      }
    }
    return new CsvDialect(best, false);
  }

  /** The whole records of the beginning; none where it breaks a rule. */
  static List<CsvRecord> records(String head, boolean whole, char separator) {
    var records = new ArrayList<CsvRecord>();
    var parser = new CsvParser(new StringReader(head), separator);
    try {
      CsvRecord next = parser.next();
      while (next != null && records.size() < ENOUGH) {
        records.add(next);
        next = parser.next();
      }
      if (next == null && !whole && records.size() > 1) {
        records.removeLast();
      }
    } catch (IOException e) {
      // The end of the beginning is within quotes, as a rule: what came before it counts.
      return records;
    }
    return records;
  }

  /** How much like a table: the share of the records that have the most frequent width above 1. */
  private static double score(List<CsvRecord> records) {
    double best = 0;
    for (CsvRecord candidate : records) {
      int width = candidate.values().size();
      if (width > 1) {
        long same = records.stream().filter(r -> r.values().size() == width).count();
        // At equal shares the more columns the surer.
        best = Math.max(best, (double) same / records.size() + Math.min(width, 100) / 1000.0);
      }
    }
    return best;
  }

  /**
   * Whether the beginning is a table beyond doubt, whatever its name: four records or more, all of
   * the same three columns or more, under distinct titles, and no space after a comma as prose has.
   */
  static boolean isSurely(String head, boolean whole) {
    CsvDialect dialect = of(head, whole);
    if (dialect.declared) {
      return true;
    }
    List<CsvRecord> records = records(head, whole, dialect.separator);
    if (records.size() < 4 || head.startsWith("|")) {
      return false;
    }
    List<String> titles = records.getFirst().values();
    return titles.size() >= 3
        && titles.stream().distinct().count() == titles.size()
        && titles.stream().noneMatch(title -> title.isBlank() || title.length() > 64)
        && records.stream()
            .allMatch(record ->
                record.values().size() == titles.size()
                    && record.values().stream().noneMatch(value -> value.startsWith(" ")));
  }
}
