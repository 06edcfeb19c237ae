package io.kass.core.chunking;

import java.util.Locale;
import java.util.stream.IntStream;

/** What a {@code String} can be asked in {@link LinearWorkTest}, counting the characters read. */
public final class Reads {
  private static long count;

  private Reads() {}

  static long count() {
    return count;
  }

  public static char charAt(String text, int index) {
    count++;
    return text.charAt(index);
  }

  public static int codePointAt(String text, int index) {
    count++;
    return text.codePointAt(index);
  }

  public static int codePointCount(String text, int from, int to) {
    count += to - from;
    return text.codePointCount(from, to);
  }

  public static int offsetByCodePoints(String text, int index, int points) {
    count += points;
    return text.offsetByCodePoints(index, points);
  }

  public static int indexOf(String text, int c) {
    return indexOf(text, c, 0);
  }

  public static int indexOf(String text, int c, int from) {
    return indexOf(text, c, from, text.length());
  }

  public static int indexOf(String text, int c, int from, int to) {
    return forward(text.indexOf(c, from, to), from, to);
  }

  public static int indexOf(String text, String words, int from) {
    return indexOf(text, words, from, text.length());
  }

  public static int indexOf(String text, String words, int from, int to) {
    return forward(text.indexOf(words, from, to), from, to);
  }

  private static int forward(int found, int from, int to) {
    count += Math.max(0, (found < 0 ? to : found + 1) - from);
    return found;
  }

  public static int lastIndexOf(String text, String words, int from) {
    int found = text.lastIndexOf(words, from);
    count += from - Math.max(0, found);
    return found;
  }

  public static boolean startsWith(String text, String prefix, int index) {
    count += prefix.length();
    return text.startsWith(prefix, index);
  }

  public static boolean regionMatches(
      String text, boolean anyCase, int index, String other, int from, int length) {
    count += length;
    return text.regionMatches(anyCase, index, other, from, length);
  }

  public static boolean equals(String text, Object other) {
    count += text.length();
    return text.equals(other);
  }

  public static void getChars(String text, int from, int to, char[] chars, int at) {
    count += to - from;
    text.getChars(from, to, chars, at);
  }

  public static char[] toCharArray(String text) {
    count += text.length();
    return text.toCharArray();
  }

  public static String substring(String text, int from) {
    return substring(text, from, text.length());
  }

  public static String substring(String text, int from, int to) {
    count += to - from;
    return text.substring(from, to);
  }

  public static String concat(String text, String other) {
    count += text.length() + other.length();
    return text.concat(other);
  }

  public static IntStream chars(String text) {
    count += text.length();
    return text.chars();
  }

  public static String strip(String text) {
    count += text.length();
    return text.strip();
  }

  public static boolean isBlank(String text) {
    count += text.length();
    return text.isBlank();
  }

  public static String replace(String text, CharSequence one, CharSequence other) {
    count += text.length();
    return text.replace(one, other);
  }

  public static String toLowerCase(String text, Locale locale) {
    count += text.length();
    return text.toLowerCase(locale);
  }

  public static String repeat(String text, int times) {
    count += (long) text.length() * times;
    return text.repeat(times);
  }

  public static String[] split(String text, String by, int limit) {
    count += text.length();
    return text.split(by, limit);
  }
}
