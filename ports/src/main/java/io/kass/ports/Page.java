package io.kass.ports;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a listing.
 *
 * @param items in the listing's order; may be empty although more follows
 * @param next where the listing goes on, or null at its end
 */
public record Page<T>(List<T> items, @Nullable Cursor next) {
  public Page {
    items = List.copyOf(items);
  }
}
