package io.kass.documents.format;

/** How sure a format is that a document is one of its own, least sure first. */
public enum Claim {
  /** It is not. */
  NONE,
  /** It may be, if nobody knows better. */
  POSSIBLE,
  /** It may be, and its name says so. */
  NAMED,
  /**
   * Its content is of this kind, and a format that knows it better may come first: JSON that is a
   * chat's export.
   */
  GENERAL,
  /** Its content says so. */
  CERTAIN
}
