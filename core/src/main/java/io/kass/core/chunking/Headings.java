package io.kass.core.chunking;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The titles of a text as far as they were read: those above the chunk that is being cut, outermost
 * first, and those from its beginning on.
 */
final class Headings {
  private static final int NONE = -1;

  private final List<Title> above = new ArrayList<>();
  private final List<Title> ahead = new ArrayList<>();
  private final Title root = new Title(NONE, 0, "");
  private Title last = root;
  private List<String> pathAbove = List.of();

  /** For {@link #path} alone, which is asked for each chunk. */
  private final List<Title> open = new ArrayList<>();

  private final List<Title> common = new ArrayList<>();

  /** A title, and where the text under it begins. */
  static final class Title {
    private final int level;
    private final String words;
    private int start;
    private int body = NONE;

    private Title(int start, int level, String words) {
      this.start = start;
      this.level = level;
      this.words = words;
    }

    int start() {
      return start;
    }

    /** 1 is the outermost; the text before any title has 0. */
    int level() {
      return level;
    }

    /** Whether there is text under this title, and under no other, before {@code end}. */
    boolean hasBody(int end) {
      return body != NONE && body < end;
    }
  }

  /** Adds the next title; the lines that were seen since {@code start} are no body. */
  void add(int start, int level, String words) {
    if (last.body >= start) {
      last.body = NONE;
    }
    last = new Title(start, level, words);
    ahead.add(last);
  }

  /** Takes note of a visible line that is no title. */
  void seeBody(int start) {
    if (last.body == NONE) {
      last.body = start;
    }
  }

  /** The titles from the chunk's beginning on, in order. */
  List<Title> ahead() {
    return ahead;
  }

  /** The title that stands at this place, where a chunk begins. */
  @Nullable Title at(int begin) {
    return !ahead.isEmpty() && ahead.getFirst().start == begin ? ahead.getFirst() : null;
  }

  /** The title that the text before the first of {@link #ahead} is under. */
  Title innermost() {
    return above.isEmpty() ? root : above.getLast();
  }

  /** Leaves behind the titles before the beginning of the next chunk. */
  void moveTo(int begin) {
    int passed = 0;
    while (passed < ahead.size() && ahead.get(passed).start < begin) {
      open(above, ahead.get(passed));
      passed++;
    }
    if (passed > 0) {
      ahead.subList(0, passed).clear();
      pathAbove = words(above);
    }
  }

  /** The titles above everything in a chunk but titles. */
  List<String> path(int begin, int end) {
    if (ahead.isEmpty() || ahead.getFirst().start >= end) {
      return pathAbove;
    }
    boolean leading = ahead.getFirst().start > begin;
    boolean known = leading && (!above.isEmpty() || root.hasBody(end));
    copy(above, open);
    copy(above, common);
    for (int i = 0; i < ahead.size() && ahead.get(i).start < end; i++) {
      open(open, ahead.get(i));
      if (ahead.get(i).hasBody(end)) {
        if (known) {
          keepShared(common, open);
        } else {
          copy(open, common);
        }
        known = true;
      }
    }
    return words(known ? common : open);
  }

  /** Counts all places from {@code by} further on. */
  void shift(int by) {
    shift(root, by);
    above.forEach(title -> shift(title, by));
    ahead.forEach(title -> shift(title, by));
  }

  private static void shift(Title title, int by) {
    title.start -= by;
    // What lies before the text that is still held only has to stay before it.
    title.body = title.body == NONE ? NONE : Math.max(0, title.body - by);
  }

  /** The levels of a path rise, so what a title ends is the end of it. */
  private static void open(List<Title> path, Title title) {
    while (!path.isEmpty() && path.getLast().level >= title.level) {
      path.removeLast();
    }
    path.add(title);
  }

  private static void copy(List<Title> from, List<Title> to) {
    to.clear();
    for (int i = 0; i < from.size(); i++) {
      to.add(from.get(i));
    }
  }

  private static void keepShared(List<Title> one, List<Title> other) {
    int same = 0;
    while (same < one.size() && same < other.size() && one.get(same).equals(other.get(same))) {
      same++;
    }
    while (one.size() > same) {
      one.removeLast();
    }
  }

  private static List<String> words(List<Title> titles) {
    var words = new String[titles.size()];
    int count = 0;
    for (int i = 0; i < words.length; i++) {
      if (!titles.get(i).words.isEmpty()) {
        words[count++] = titles.get(i).words;
      }
    }
    return List.of(count == words.length ? words : Arrays.copyOf(words, count));
  }
}
