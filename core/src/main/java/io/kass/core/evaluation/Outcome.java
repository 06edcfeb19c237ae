package io.kass.core.evaluation;

import java.util.List;
import java.util.Map;

/**
 * What became of one judged question.
 *
 * @param question the question
 * @param rankings where its relevant documents stood, by mode; empty when it has none
 * @param relevance how probable it was found that the documents are about it, from 0 to 1
 * @param byVector whether the vector leg could be searched in its language
 * @param quotes what the answer quoted, best first; empty when it was declined
 */
public record Outcome(
    JudgedQuestion question,
    Map<RetrievalMode, Ranking> rankings,
    double relevance,
    boolean byVector,
    List<String> quotes) {
  public Outcome {
    rankings = Map.copyOf(rankings);
    quotes = List.copyOf(quotes);
  }

  /** Whether no answer was given. */
  public boolean declined() {
    return quotes.isEmpty();
  }

  /** Whether one of the first {@code count} quotes contains the expected answer. */
  boolean answeredWithin(int count) {
    String answer = question.answer();
    return answer != null
        && quotes.stream().limit(count).anyMatch(quote -> AnswerText.contains(quote, answer));
  }
}
