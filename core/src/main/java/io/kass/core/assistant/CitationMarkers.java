package io.kass.core.assistant;

import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Passes a model's text on as it comes, without the citation markers that name no passage. A marker
 * may be split over pieces; what could still become one is held back until it is clear. Used by one
 * thread.
 */
final class CitationMarkers {
  /** The longest number that is taken for a marker: {@code [123]}. */
  private static final int LONGEST = 3;

  private final int passages;
  private final Consumer<String> out;
  private final StringBuilder held = new StringBuilder();
  private final StringBuilder text = new StringBuilder();
  private final TreeSet<Integer> cited = new TreeSet<>();
  private int removed;

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
    if (held.isEmpty()) {
      (c == '[' ? held : clear).append(c);
      return;
    }
    if (c >= '0' && c <= '9' && held.length() <= LONGEST) {
      held.append(c);
      return;
    }
    if (c == ']' && held.length() > 1) {
      int number = Integer.parseInt(held.substring(1));
      if (number >= 1 && number <= passages) {
        cited.add(number);
        clear.append(held).append(c);
      } else {
        removed++;
      }
      held.setLength(0);
      return;
    }
    clear.append(held);
    held.setLength(0);
    (c == '[' ? held : clear).append(c);
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
