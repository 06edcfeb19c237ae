package io.kass.local.sql;

import io.kass.ports.Bytewise;

/** Texts as databases can keep them. */
public final class Texts {
  private static final char REPLACEMENT = '\uFFFD';

  private Texts() {}

  /** The text without half characters, for a database whose texts cannot hold NUL either. */
  public static String withoutNul(String text) {
    return Bytewise.whole(text).replace('\0', REPLACEMENT);
  }
}
