package io.kass.ports;

/**
 * Where a listing goes on. Opaque: only the store that made it can read it, and it stays valid
 * while other entries come and go.
 *
 * @param token the store's own mark; empty for the beginning
 */
public record Cursor(String token) {
  /** The beginning. */
  public static final Cursor START = new Cursor("");
}
