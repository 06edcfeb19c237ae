package io.kass.documents.office;

import java.time.LocalDateTime;
import java.time.chrono.JapaneseDate;
import java.time.chrono.JapaneseEra;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A format of dates and times, as Excel writes them: {@code yyyy/m/d}, {@code ggge"年"m"月"}, {@code
 * [h]:mm}.
 */
final class DateCode {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\"([^\"]*)\"|\\\\(.)|_.|\\*.|\\[(\\$[^\\]]*|[^\\]]*)\\]|(AM/PM|A/P)"
              + "|(yyyy|yy|y|ggg|gg|g|ee|e|mmmmm|mmmm|mmm|mm|m|dddd|ddd|dd|d|aaaa|aaa|hh|h|ss|s)"
              + "|(\\.0+)|(.)",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private final List<String> tokens = new ArrayList<>();
  private boolean date;
  private boolean halfDays;

  private DateCode() {}

  static DateCode of(String code) {
    var parsed = new DateCode();
    int semicolon = code.indexOf(';');
    Matcher matcher = TOKEN.matcher(semicolon < 0 ? code : code.substring(0, semicolon));
    boolean number = false;
    while (matcher.find()) {
      if (matcher.group(1) != null) {
        parsed.tokens.add("'" + matcher.group(1));
      } else if (matcher.group(2) != null) {
        parsed.tokens.add("'" + matcher.group(2));
      } else if (matcher.group(3) != null) {
        String inside = matcher.group(3).toLowerCase(Locale.ROOT);
        if (inside.matches("h+|m+|s+")) {
          parsed.tokens.add("[" + inside.charAt(0));
          parsed.date = true;
        }
      } else if (matcher.group(4) != null) {
        parsed.tokens.add("AM/PM");
        parsed.halfDays = true;
        parsed.date = true;
      } else if (matcher.group(5) != null) {
        parsed.tokens.add(matcher.group(5).toLowerCase(Locale.ROOT));
        parsed.date = true;
      } else if (matcher.group(6) != null) {
        parsed.tokens.add(matcher.group(6));
      } else if (matcher.group(7) != null) {
        number |= "0#?%@".contains(matcher.group(7));
        parsed.tokens.add("'" + matcher.group(7));
      }
    }
    parsed.date &= !number && !code.toLowerCase(Locale.ROOT).startsWith("general");
    parsed.minutes();
    return parsed;
  }

  /** {@code m} is a minute after an hour and before a second. */
  private void minutes() {
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.get(i).equals("m") || tokens.get(i).equals("mm")) {
        String before = neighbour(i, -1);
        String after = neighbour(i, 1);
        if (before.startsWith("h") || before.equals("[h") || after.startsWith("s")) {
          tokens.set(i, tokens.get(i).equals("m") ? "n" : "nn");
        }
      }
    }
  }

  private String neighbour(int index, int step) {
    for (int i = index + step; i >= 0 && i < tokens.size(); i += step) {
      if (!tokens.get(i).startsWith("'") && !tokens.get(i).equals("AM/PM")) {
        return tokens.get(i);
      }
    }
    return "";
  }

  boolean isDate() {
    return date;
  }

  String show(double value, boolean from1904) {
    boolean fraction = tokens.stream().anyMatch(token -> token.startsWith(".0"));
    // Without fractions of a second Excel shows the nearest one.
    double shown = fraction ? value : Math.round(value * 86_400) / 86_400.0;
    LocalDateTime time = CellFormats.time(shown, from1904);
    var text = new StringBuilder();
    for (String token : tokens) {
      append(text, token, time, shown);
    }
    return text.toString().strip();
  }

  private void append(StringBuilder text, String token, LocalDateTime time, double value) {
    if (token.startsWith("'")) {
      text.append(token, 1, token.length());
      return;
    }
    int hour = halfDays ? (time.getHour() + 11) % 12 + 1 : time.getHour();
    switch (token) {
      case "yyyy" -> text.append(pad(time.getYear(), 4));
      case "yy", "y" -> text.append(pad(time.getYear() % 100, 2));
      case "ggg" -> text.append(era(time, TextStyle.FULL));
      case "gg" -> text.append(era(time, TextStyle.FULL), 0, 1);
      case "g" -> text.append(era(time, TextStyle.NARROW));
      case "e" -> text.append(yearOfEra(time));
      case "ee" -> text.append(pad(yearOfEra(time), 2));
      case "mmmmm" -> text.append(month(time, TextStyle.SHORT), 0, 1);
      case "mmmm" -> text.append(month(time, TextStyle.FULL));
      case "mmm" -> text.append(month(time, TextStyle.SHORT));
      case "mm" -> text.append(pad(time.getMonthValue(), 2));
      case "m" -> text.append(time.getMonthValue());
      case "dddd" -> text.append(weekday(time, TextStyle.FULL, Locale.ENGLISH));
      case "ddd" -> text.append(weekday(time, TextStyle.SHORT, Locale.ENGLISH));
      case "dd" -> text.append(pad(time.getDayOfMonth(), 2));
      case "d" -> text.append(time.getDayOfMonth());
      case "aaaa" -> text.append(weekday(time, TextStyle.FULL, Locale.JAPANESE));
      case "aaa" -> text.append(weekday(time, TextStyle.SHORT, Locale.JAPANESE));
      case "hh" -> text.append(pad(hour, 2));
      case "h" -> text.append(hour);
      case "nn" -> text.append(pad(time.getMinute(), 2));
      case "n" -> text.append(time.getMinute());
      case "ss" -> text.append(pad(time.getSecond(), 2));
      case "s" -> text.append(time.getSecond());
      case "[h" -> text.append((long) Math.floor(value * 24 + 1e-7));
      case "[m" -> text.append((long) Math.floor(value * 1440 + 1e-5));
      case "[s" -> text.append(Math.round(value * 86_400));
      case "AM/PM" -> text.append(time.getHour() < 12 ? "AM" : "PM");
      default -> {
        String digits = pad(time.get(ChronoField.MILLI_OF_SECOND), 3) + "000000";
        text.append('.').append(digits, 0, Math.min(token.length() - 1, digits.length()));
      }
    }
  }

  private static String pad(int number, int width) {
    return "0".repeat(Math.max(0, width - Integer.toString(number).length())) + number;
  }

  private static String era(LocalDateTime time, TextStyle style) {
    JapaneseEra era = JapaneseDate.from(time).getEra();
    return era.getDisplayName(style, style == TextStyle.FULL ? Locale.JAPANESE : Locale.ENGLISH);
  }

  private static int yearOfEra(LocalDateTime time) {
    return JapaneseDate.from(time).get(ChronoField.YEAR_OF_ERA);
  }

  private static String month(LocalDateTime time, TextStyle style) {
    return time.getMonth().getDisplayName(style, Locale.ENGLISH);
  }

  private static String weekday(LocalDateTime time, TextStyle style, Locale locale) {
    return time.getDayOfWeek().getDisplayName(style, locale);
  }
}
