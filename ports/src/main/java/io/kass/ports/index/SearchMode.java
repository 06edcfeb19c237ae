package io.kass.ports.index;

/** A leg of a search. */
public enum SearchMode {
  VECTOR,
  KEYWORD
}
