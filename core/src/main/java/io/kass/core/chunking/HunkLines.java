package io.kass.core.chunking;

import io.kass.ports.document.Block;
import io.kass.ports.document.Place;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts the lines of the changed file along a part of a patch, to tell which of them a chunk of it
 * shows. Chunks are asked for in order.
 */
final class HunkLines {
  private final Block.Hunk hunk;

  /** Where the next line of the part begins. */
  private int position;

  /** The number of the line of the file that comes next, or 0 before the head of the part. */
  private int line;

  HunkLines(Block.Hunk hunk) {
    this.hunk = hunk;
  }

  /** The place of a chunk of this part, under a title with its lines in the file. */
  Place under(Place place) {
    Place of = hunk.place();
    boolean whole = place.begin() <= of.begin() && place.end() >= of.end() - 1;
    if (whole || place.begin() < 0 || place.headings().isEmpty() || hunk.file().isEmpty()) {
      return place;
    }
    int begin = (int) (place.begin() - of.begin());
    int end = (int) (place.end() - of.begin());
    if (begin < position) {
      // It repeats the end of the one before.
      position = 0;
      line = 0;
    }
    skip(begin);
    int head = line;
    int first = line;
    int before = position;
    int lineBefore = line;
    skip(end);
    if (head == 0) {
      first = firstLine(before);
    }
    int last = line - 1;
    position = before;
    line = lineBefore;
    if (first == 0 || last < first) {
      return place;
    }
    List<String> titles = new ArrayList<>(place.headings());
    titles.set(titles.size() - 1, hunk.file() + ":" + first + "-" + last);
    return place.under(titles);
  }

  private void skip(int until) {
    String text = hunk.text();
    while (position < until) {
      if (text.startsWith("@@", position)) {
        line = lineOfHead(text, position);
      } else if (line > 0 && " +\n\r".indexOf(text.charAt(position)) >= 0) {
        line++;
      }
      int newline = text.indexOf('\n', position);
      position = newline < 0 ? text.length() : newline + 1;
    }
  }

  /** The line that the first head at or after this place names, or 0. */
  private int firstLine(int from) {
    String text = hunk.text();
    int head = text.startsWith("@@", from) ? from : text.indexOf("\n@@", from) + 1;
    return text.startsWith("@@", head) ? lineOfHead(text, head) : 0;
  }

  /** The number after the plus sign. */
  private static int lineOfHead(String text, int head) {
    int end = text.indexOf('\n', head);
    int plus = text.indexOf(" +", head);
    if (plus < 0 || (end >= 0 && plus > end)) {
      return 0;
    }
    int number = 0;
    for (int i = plus + 2;
        i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9' && number < 100_000_000;
        i++) {
      number = 10 * number + text.charAt(i) - '0';
    }
    return number;
  }
}
