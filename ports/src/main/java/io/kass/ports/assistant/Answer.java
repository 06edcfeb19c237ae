package io.kass.ports.assistant;

import io.kass.ports.tool.PendingAction;
import java.util.List;

/** What became of a question. */
public sealed interface Answer {
  Trace trace();

  /**
   * An answer.
   *
   * @param text the answer; citation markers are {@code [1]}, {@code [2]} …
   * @param kind how the text was made
   * @param citations what it rests on, by number
   * @param model id of the model that wrote it; empty for quotes
   * @param cached whether it was given before and only repeated
   */
  record Given(
      String text, Kind kind, List<Citation> citations, String model, boolean cached, Trace trace)
      implements Answer {
    public Given {
      citations = List.copyOf(citations);
    }
  }

  /** Nothing relevant was found, or the model declined; the text says so. */
  record Declined(String text, Trace trace) implements Answer {}

  /** An action waits for approval; the text says which. */
  record PendingApproval(String text, PendingAction action, Trace trace) implements Answer {}

  /** A limit or a fault ended the turn; the text says which, honestly, with what was reached. */
  record Failed(String text, Trace trace) implements Answer {}

  /** How the text of an answer was made. */
  enum Kind {
    /** Quotes from the documents, word for word. */
    QUOTES,
    /** Written by a model, resting on the cited passages. */
    GROUNDED,
    /** Written by a model without citing any passage, although it should. */
    UNGROUNDED,
    /** What needs no passage: the reply to a greeting, or a word on what a tool did. */
    PLAIN
  }
}
