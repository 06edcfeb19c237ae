package io.kass.core.chunking;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Words of ASCII that mean something, looked up in a text without being copied out of it. */
final class Words {
  /** What a word at the beginning of a line of code says of that line. */
  enum Role {
    /** Stands before what is declared: {@code public}. */
    MODIFIER,

    /** Stands before what is declared, or alone before several of them: {@code private:}. */
    LABEL,

    /** Declares what has members: {@code class}. */
    TYPE,

    /** Declares what has a body: {@code def}. */
    FUNCTION,

    /** Is itself the name of what has a body: {@code constructor}. */
    NAMED,

    /** Declares a value, which may be a function: {@code const}. */
    VARIABLE,

    /** Begins a statement of SQL that creates something. */
    CREATE,

    /** Begins another statement of SQL. */
    STATEMENT,

    /** Ends a block: {@code end}. */
    CLOSER,

    /** Goes on with what stands before it: {@code else}. */
    CONTINUATION,

    /** Begins a statement, never a declaration: {@code if}. */
    CONTROL
  }

  private final boolean anyCase;

  /** The bit that tells upper from lower case in ASCII where both are the same, or none. */
  private final int ignored;

  private final int longest;
  private final int mask;
  private final String[] words;
  private final Role[] roles;

  /**
   * A table of words.
   *
   * @param anyCase whether upper and lower case are the same
   */
  Words(Map<String, Role> meanings, boolean anyCase) {
    this.anyCase = anyCase;
    ignored = anyCase ? 0x20 : 0;
    longest = meanings.keySet().stream().mapToInt(String::length).max().orElse(0);
    int capacity = Integer.highestOneBit(Math.max(8, meanings.size()) * 4);
    mask = capacity - 1;
    words = new String[capacity];
    roles = new Role[capacity];
    meanings.forEach((word, role) -> {
      String key = anyCase ? word.toLowerCase(Locale.ROOT) : word;
      int length = key.length();
      int slot = slot(length, key.charAt(0), key.charAt(length / 2), key.charAt(length - 1));
      while (words[slot] != null) {
        slot = slot + 1 & mask;
      }
      words[slot] = key;
      roles[slot] = role;
    });
  }

  /** The role of the word {@code [begin, end)}, or null where it has none. */
  @Nullable Role role(String text, int begin, int end) {
    int length = end - begin;
    if (length == 0 || length > longest) {
      return null;
    }
    int slot =
        slot(length, text.charAt(begin), text.charAt(begin + length / 2), text.charAt(end - 1));
    for (String word = words[slot]; word != null; word = words[slot]) {
      if (word.length() == length && text.regionMatches(anyCase, begin, word, 0, length)) {
        return roles[slot];
      }
      slot = slot + 1 & mask;
    }
    return null;
  }

  /** Where to look for a word with these characters first, in the middle and last. */
  private int slot(int length, int first, int middle, int last) {
    int hash =
        ((length * 31 + (first | ignored)) * 31 + (middle | ignored)) * 31 + (last | ignored);
    return (hash ^ hash >>> 7) & mask;
  }
}
