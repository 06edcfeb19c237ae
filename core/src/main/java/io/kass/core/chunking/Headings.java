package io.kass.core.chunking;

import java.util.ArrayList;
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
    List<Title> open = new ArrayList<>(above);
    List<Title> common = leading && (!above.isEmpty() || root.hasBody(end)) ? above : null;
    for (Title title : ahead) {
      if (title.start >= end) {
        break;
      }
      open(open, title);
      if (title.hasBody(end)) {
        common = common == null ? List.copyOf(open) : shared(common, open);
      }
    }
    return words(common == null ? open : common);
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

  private static void open(List<Title> path, Title title) {
    path.removeIf(other -> other.level >= title.level);
    path.add(title);
  }

  private static List<Title> shared(List<Title> one, List<Title> other) {
    int same = 0;
    while (same < one.size() && same < other.size() && one.get(same).equals(other.get(same))) {
      same++;
    }
    return List.copyOf(one.subList(0, same));
  }

  private static List<String> words(List<Title> titles) {
    return titles.stream().map(title -> title.words).filter(words -> !words.isEmpty()).toList();
  }
}
