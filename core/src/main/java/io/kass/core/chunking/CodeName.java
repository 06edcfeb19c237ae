package io.kass.core.chunking;

import org.jspecify.annotations.Nullable;

/** The name of a declaration. Few are ever asked for, so it is copied out of the text only then. */
final class CodeName {
  /** Of what merely ends something else. */
  static final CodeName NONE = new CodeName("");

  private int begin;
  private int end;
  private @Nullable String name;

  private CodeName(String name) {
    this.name = name;
  }

  private CodeName(int begin, int end) {
    this.begin = begin;
    this.end = end;
  }

  /** One that stands in the text as it is. */
  static CodeName at(int begin, int end) {
    return begin < end ? new CodeName(begin, end) : NONE;
  }

  /** One that is put together. */
  static CodeName of(String name) {
    return name.isEmpty() ? NONE : new CodeName(name);
  }

  /** The name; after the first time, whatever the text is by then. */
  String in(String text) {
    String known = name;
    if (known == null) {
      known = text.substring(begin, end);
      name = known;
    }
    return known;
  }
}
