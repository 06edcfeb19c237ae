package io.kass.ports.document;

/** How the reading of a document ended. */
public sealed interface Reading {
  /** All of it was read. */
  record Complete(SourceType type, String mediaType) implements Reading {}

  /**
   * It cannot be read; nothing of it may be used.
   *
   * @param cause what kind of obstacle
   * @param message for the user: what it is and what to do
   */
  record Unreadable(Cause cause, String message) implements Reading {}

  /** Why a document cannot be read. */
  enum Cause {
    /** 0 bytes, or nothing but white space. */
    EMPTY,
    /** No reader knows this format. */
    UNSUPPORTED,
    /** It is not whole, or not what its format asks for. */
    DAMAGED,
    /** It asks for a password. */
    ENCRYPTED,
    /** It holds pictures but no text. */
    NO_TEXT,
    /** It is larger, or unpacks to more, than is allowed. */
    TOO_LARGE,
    /** Reading it took longer than is allowed. */
    TOO_SLOW,
    /** It may not be opened, or went away before it could be. */
    INACCESSIBLE,
    /** KASS itself failed on it, which is a fault to report. */
    FAULT
  }
}
