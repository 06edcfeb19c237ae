package io.kass.documents.format;

/** How sure a format is that a document is one of its own, least sure first. */
public enum Claim {
  /** It is not. */
  NONE,
  /** It may be, if nobody knows better. */
  POSSIBLE,
  /** It may be, and its name says so. */
  NAMED,
  /** Its content says so. */
  CERTAIN
}
