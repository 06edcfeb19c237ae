package io.kass.documents.csv;

import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/** Decides whether the first record of a table names its columns. */
final class CsvHeader {
  private static final Pattern NUMBER =
      Pattern.compile("[-+(]?[$€£¥￥]?[0-9][0-9.,' ]*(?:[eE][-+]?[0-9]+)?\\s?[%)]?");
  private static final Pattern DATE =
      Pattern.compile(
          "[0-9]{1,4}[-/.年][0-9]{1,2}(?:[-/.月][0-9]{1,4}日?)?(?:[T ][0-9:.]+(?:Z|[-+][0-9:]+)?)?");
  private static final Pattern YEAR = Pattern.compile("(?:19|20)[0-9]{2}年?(?:度)?");
  private static final int MAX_TITLE = 80;

  private CsvHeader() {}

  /**
   * Whether the first of these records is a header: it is where its values are distinct and short
   * and none is a number or a date (years may be), since most tables have one.
   */
  static boolean isFirst(List<CsvRecord> records) {
    if (records.isEmpty()) {
      return false;
    }
    List<String> titles = records.getFirst().values();
    var seen = new HashSet<String>();
    boolean words = false;
    int blank = 0;
    for (String title : titles) {
      String plain = title.strip();
      if (plain.isEmpty()) {
        blank++;
        continue;
      }
      boolean year = YEAR.matcher(plain).matches();
      if (plain.length() > MAX_TITLE || !seen.add(plain) || (!year && isData(plain))) {
        return false;
      }
      words = words || !year;
    }
    return words && blank * 2 <= titles.size() && !recurs(titles, records);
  }

  /** Whether a value of the first record stands in its column again: then it is no title. */
  private static boolean recurs(List<String> titles, List<CsvRecord> records) {
    for (CsvRecord record : records.subList(1, records.size())) {
      int width = Math.min(titles.size(), record.values().size());
      for (int i = 0; i < width; i++) {
        if (!titles.get(i).isBlank() && titles.get(i).equals(record.values().get(i))) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isData(String value) {
    return NUMBER.matcher(value).matches() || DATE.matcher(value).matches();
  }
}
