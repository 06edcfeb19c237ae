package io.kass.documents.office;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.poi.ss.usermodel.BuiltinFormats;
import org.apache.poi.ss.usermodel.DataFormatter;

/** Shows numbers as a workbook shows them, wherever it is read. Not thread-safe. */
final class CellFormats {
  /** What these numbers mean to the Excel of Japan; elsewhere nobody uses them. */
  private static final Map<Integer, String> JAPANESE =
      Map.ofEntries(
          Map.entry(14, "yyyy/m/d"),
          Map.entry(22, "yyyy/m/d h:mm"),
          Map.entry(27, "ge.m.d"),
          Map.entry(28, "ggge\"年\"m\"月\"d\"日\""),
          Map.entry(29, "ggge\"年\"m\"月\"d\"日\""),
          Map.entry(30, "m/d/yy"),
          Map.entry(31, "yyyy\"年\"m\"月\"d\"日\""),
          Map.entry(32, "h\"時\"mm\"分\""),
          Map.entry(33, "h\"時\"mm\"分\"ss\"秒\""),
          Map.entry(34, "yyyy\"年\"m\"月\""),
          Map.entry(35, "m\"月\"d\"日\""),
          Map.entry(36, "ge.m.d"),
          Map.entry(50, "ge.m.d"),
          Map.entry(51, "ggge\"年\"m\"月\"d\"日\""),
          Map.entry(52, "yyyy\"年\"m\"月\""),
          Map.entry(53, "m\"月\"d\"日\""),
          Map.entry(54, "ggge\"年\"m\"月\"d\"日\""),
          Map.entry(55, "yyyy\"年\"m\"月\""),
          Map.entry(56, "m\"月\"d\"日\""),
          Map.entry(57, "ge.m.d"),
          Map.entry(58, "ggge\"年\"m\"月\"d\"日\""));

  /** Where Excel begins to show powers of ten. */
  private static final long LONGEST_WHOLE = 100_000_000_000L;

  private final DataFormatter numbers = new DataFormatter(Locale.US);
  private final Map<String, DateCode> dates = new HashMap<>();

  /** The code of a format that a workbook does not spell out. */
  static String builtin(int number) {
    String japanese = JAPANESE.get(number);
    if (japanese != null) {
      return japanese;
    }
    String known = number < 0 ? null : BuiltinFormats.getBuiltinFormat(number);
    return known == null ? "General" : known;
  }

  /** What a number of this format is. */
  SheetCell.Kind kind(String code) {
    return isDate(code) ? SheetCell.Kind.DATE : SheetCell.Kind.NUMBER;
  }

  private boolean isDate(String code) {
    return dates.computeIfAbsent(code, DateCode::of).isDate();
  }

  /**
   * A number as it is shown.
   *
   * @param from1904 whether the workbook counts days from 1904
   */
  String show(double value, String code, boolean from1904) {
    if (isDate(code)) {
      DateCode date = dates.computeIfAbsent(code, DateCode::of);
      try {
        return date.show(value, from1904);
      } catch (DateTimeException | ArithmeticException e) {
        return plain(value);
      }
    }
    long whole = (long) value;
    if (whole == value && Math.abs(whole) < LONGEST_WHOLE && code.equals("General")) {
      // What the rest comes to, ten times as fast.
      return Long.toString(whole);
    }
    try {
      String shown = numbers.formatRawCellContents(value, -1, code).strip();
      return shown.isEmpty() && !code.contains(";") ? plain(value) : shown;
    } catch (IllegalArgumentException e) {
      return plain(value);
    }
  }

  private String plain(double value) {
    return numbers.formatRawCellContents(value, 0, "General");
  }

  /** When a day of a workbook is; Excel's own 29 February 1900 is passed over. */
  static LocalDateTime time(double value, boolean from1904) {
    long days = (long) Math.floor(value);
    long millis = Math.round((value - days) * 86_400_000);
    LocalDateTime zero =
        from1904
            ? LocalDateTime.of(1904, 1, 1, 0, 0)
            : LocalDateTime.of(1899, 12, days < 60 ? 31 : 30, 0, 0);
    return zero.plusDays(days).plusNanos(millis * 1_000_000);
  }
}
