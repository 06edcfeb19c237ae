package io.kass.local.sqlite;

import io.kass.ports.Cursor;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * When a page of rows ends, and how the next one finds its beginning.
 *
 * @param items a page has no more than these
 * @param weight a page ends after the item that makes it this heavy
 * @param weigh how heavy an item is
 * @param belongs false for the first item that no longer belongs to the listing
 * @param mark where the listing goes on after an item
 */
record PageRule<T>(
    int items,
    long weight,
    ToLongFunction<T> weigh,
    Predicate<T> belongs,
    Function<T, Cursor> mark) {
  /**
   * The least text after this one, for texts without NUL: where a listing in bytewise order goes
   * on.
   */
  static String after(String text) {
    return text + '\u0001';
  }
}
