package io.kass.core.assistant;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Passes a model's text on as it comes, without the citation markers that name no passage. What
 * models write instead of {@code [1][2]}, lists ({@code [1, 2]}), ranges ({@code [1-3]}) and wide
 * brackets, becomes that. Code, between backticks, is left as it stands: {@code args[0]} is no
 * citation. A marker may be split over pieces; what could still become one is held back until it is
 * clear. Used by one thread.
 */
final class CitationMarkers {
  /** What is longer is no marker. */
  private static final int LONGEST = 24;

  /** So many numbers stand for a range at the most. */
  private static final int WIDEST = 20;

  /** A fence of code has so many backticks at least; a line's end does not end it. */
  private static final int FENCE = 3;

  private static final String SEPARATORS = ",;\u3001\uff0c-\u2013\u2014 ";
  private static final Pattern MARKER =
      Pattern.compile("\\d{1,3}(?: *[,;\\u3001\\uff0c] *\\d{1,3}| *[-\\u2013\\u2014] *\\d{1,3})*");
  private static final Pattern NUMBER = Pattern.compile("([-\\u2013\\u2014]?) *(\\d{1,3})");

  private final int passages;
  private final Consumer<String> out;
  private final StringBuilder held = new StringBuilder();
  private final StringBuilder text = new StringBuilder();
  private final TreeSet<Integer> cited = new TreeSet<>();
  private int removed;

  /** What stands before the held text. */
  private char before = ' ';

  /** How many backticks began the code that the text is in; 0 outside of code. */
  private int code;

  /** How many backticks came last. */
  private int backticks;

  /**
   * @param passages markers from 1 to this number are good
   * @param out takes the text without the bad ones
   */
  CitationMarkers(int passages, Consumer<String> out) {
    this.passages = passages;
    this.out = out;
  }

  /** Takes the next piece of the model's text. */
  void accept(String piece) {
    var clear = new StringBuilder(piece.length());
    for (int i = 0; i < piece.length(); i++) {
      step(piece.charAt(i), clear);
    }
    emit(clear);
  }

  /** Ends the text. */
  void finish() {
    var rest = new StringBuilder(held);
    held.setLength(0);
    emit(rest);
  }

  private void step(char c, StringBuilder clear) {
    if (!held.isEmpty()) {
      if ((c == ']' || c == '\u3011') && MARKER.matcher(held).region(1, held.length()).matches()) {
        String marker = held.append(c).toString();
        held.setLength(0);
        pass(resolved(marker), clear);
        return;
      }
      boolean digit = c >= '0' && c <= '9';
      if (held.length() < LONGEST && (digit || (held.length() > 1 && SEPARATORS.indexOf(c) >= 0))) {
        held.append(c);
        return;
      }
      pass(held.toString(), clear);
      held.setLength(0);
    }
    follow(c);
    if (code == 0 && backticks == 0 && (c == '[' || c == '\u3010')) {
      held.append(c);
    } else {
      clear.append(c);
      before = c;
    }
  }

  private void pass(String piece, StringBuilder clear) {
    clear.append(piece);
    if (!piece.isEmpty()) {
      before = piece.charAt(piece.length() - 1);
    }
  }

  /** Keeps track of whether the text is in code. */
  private void follow(char c) {
    if (c == '`') {
      backticks++;
      return;
    }
    if (backticks > 0) {
      if (code == 0) {
        code = backticks;
      } else if (code < FENCE ? backticks == code : backticks >= code) {
        code = 0;
      }
      backticks = 0;
    }
    if (c == '\n' && code < FENCE) {
      code = 0;
    }
  }

  /** What a marker becomes. */
  private String resolved(String marker) {
    List<Integer> numbers = numbers(marker.substring(1, marker.length() - 1));
    boolean alone = numbers.size() == 1;
    if ((!alone && numbers.stream().noneMatch(this::isGood))
        || numbers.isEmpty()
        || (alone && numbers.getFirst() == 0 && isWordPart(before))) {
      return marker;
    }
    var good = new StringBuilder();
    for (int number : numbers) {
      if (isGood(number)) {
        cited.add(number);
        good.append('[').append(number).append(']');
      } else {
        removed++;
      }
    }
    return good.toString();
  }

  /** The numbers of a list, ranges written out; none when a range is none of passages. */
  private List<Integer> numbers(String list) {
    var numbers = new ArrayList<Integer>();
    Matcher number = NUMBER.matcher(list);
    while (number.find()) {
      int last = Integer.parseInt(number.group(2));
      if (number.group(1).isEmpty()) {
        numbers.add(last);
        continue;
      }
      int first = numbers.getLast();
      if (first >= last || last - first >= WIDEST || !isGood(first) || !isGood(last)) {
        return List.of();
      }
      for (int between = first + 1; between <= last; between++) {
        numbers.add(between);
      }
    }
    return numbers;
  }

  private boolean isGood(int number) {
    return number >= 1 && number <= passages;
  }

  /** Whether what follows may be an index of an array: no passage has the number 0. */
  private static boolean isWordPart(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == ')';
  }

  private void emit(StringBuilder clear) {
    if (!clear.isEmpty()) {
      text.append(clear);
      out.accept(clear.toString());
    }
  }

  /** All that was passed on so far. */
  String text() {
    return text.toString();
  }

  /** The numbers of the passages that were cited. */
  SortedSet<Integer> cited() {
    return cited;
  }

  /** How many markers named no passage. */
  int removed() {
    return removed;
  }
}
