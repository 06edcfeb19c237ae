package io.kass.core.chunking;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The declarations of a source file as far as they were read: those that are open where the last
 * chunk ended, and those after it.
 */
final class CodeTitles {
  private int[] starts = new int[32];
  private int[] levels = new int[32];
  private CodeName[] names = new CodeName[32];
  private int head;
  private int tail;

  private int[] openLevels = new int[16];
  private CodeName[] openNames = new CodeName[16];
  private int open;

  private List<String> path = List.of();
  private int pathLength;

  /**
   * Adds the next declaration.
   *
   * @param level the greater, the deeper within others
   * @param name its name, empty where one merely ends and none begins
   */
  void add(int start, int level, CodeName name) {
    if (tail == starts.length) {
      makeRoom();
    }
    starts[tail] = start;
    levels[tail] = level;
    names[tail] = name;
    tail++;
  }

  private void makeRoom() {
    int count = tail - head;
    int capacity = count > starts.length / 2 ? starts.length * 2 : starts.length;
    starts = Arrays.copyOf(Arrays.copyOfRange(starts, head, tail), capacity);
    levels = Arrays.copyOf(Arrays.copyOfRange(levels, head, tail), capacity);
    names = Arrays.copyOf(Arrays.copyOfRange(names, head, tail), capacity);
    head = 0;
    tail = count;
  }

  /** The names of what all of a chunk is within, outermost first. Asked in the chunks' order. */
  List<String> path(String text, int begin, int end) {
    int common = open;
    boolean same = true;
    while (head < tail && starts[head] < end) {
      int around = open(levels[head], names[head]);
      common = starts[head] <= begin ? around + 1 : Math.min(common, around);
      same = false;
      head++;
    }
    if (!same || common != pathLength) {
      path = names(text, common);
      pathLength = common;
    }
    return path;
  }

  /** Opens a declaration; how many it is within. */
  private int open(int level, CodeName name) {
    int around = open;
    while (around > 0 && openLevels[around - 1] >= level) {
      around--;
    }
    if (around == openLevels.length) {
      openLevels = Arrays.copyOf(openLevels, 2 * around);
      openNames = Arrays.copyOf(openNames, 2 * around);
    }
    openLevels[around] = level;
    openNames[around] = name;
    open = around + 1;
    return around;
  }

  private List<String> names(String text, int count) {
    var named = new ArrayList<String>(count);
    for (int i = 0; i < count; i++) {
      String name = openNames[i].in(text);
      if (!name.isEmpty()) {
        named.add(name);
      }
    }
    return List.copyOf(named);
  }

  /**
   * Counts all places from {@code by} further on.
   *
   * @param text as it was until now
   */
  void shift(String text, int by) {
    for (int i = head; i < tail; i++) {
      starts[i] -= by;
      names[i].in(text);
    }
    for (int i = 0; i < open; i++) {
      openNames[i].in(text);
    }
  }
}
