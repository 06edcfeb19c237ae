package io.kass.ports.assistant;

/** Follows an answer as it comes about. Called by one thread at a time; must return quickly. */
@FunctionalInterface
public interface AnswerListener {
  void on(AnswerEvent event);

  /** Does not listen. */
  static AnswerListener none() {
    return event -> {};
  }
}
