package io.kass.ports;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Listings, walked through and made. */
public final class TestPages {
  private TestPages() {}

  /** All items of a listing. */
  public static <T> List<T> all(Function<Cursor, Page<T>> listing) {
    var items = new ArrayList<T>();
    Cursor cursor = Cursor.START;
    while (cursor != null) {
      Page<T> page = listing.apply(cursor);
      items.addAll(page.items());
      cursor = page.next();
    }
    return items;
  }

  /** The part of a list that a cursor of this method's stands for, {@code size} items at most. */
  public static <T> Page<T> cut(List<T> all, Cursor cursor, int size) {
    int from = cursor.equals(Cursor.START) ? 0 : Integer.parseInt(cursor.token());
    int to = Math.min(all.size(), from + size);
    return new Page<>(
        all.subList(Math.min(from, to), to),
        to < all.size() ? new Cursor(Integer.toString(to)) : null);
  }
}
