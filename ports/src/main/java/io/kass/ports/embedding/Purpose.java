package io.kass.ports.embedding;

/** What a text is embedded for; many models treat the two differently. */
public enum Purpose {
  /** A text to be found. */
  PASSAGE,
  /** A text to search with. */
  QUERY
}
