package io.kass.ports.assistant;

import io.kass.ports.CallScope;

/** Answers questions from the knowledge base. Thread-safe. */
public interface Assistant {
  /**
   * Answers a question and appends the turn to its conversation.
   *
   * @throws io.kass.ports.error.KassException when no answer can be given for reasons outside of
   *     the question; the turn is then stored as failed
   */
  Answer ask(CallScope scope, Question question, AnswerListener listener);
}
