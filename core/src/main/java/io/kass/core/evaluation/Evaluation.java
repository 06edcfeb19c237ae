package io.kass.core.evaluation;

import io.kass.core.assistant.AssistantSettings;
import io.kass.core.assistant.QuotedAnswers;
import io.kass.core.concurrent.Parallel;
import io.kass.core.retrieval.Retrieval;
import io.kass.core.retrieval.Retrieved;
import io.kass.ports.CallScope;
import io.kass.ports.assistant.Answer;
import io.kass.ports.assistant.Citation;
import io.kass.ports.index.Filter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Asks judged questions and notes what comes of them: in each mode where the relevant documents
 * stand, and in hybrid mode what is quoted or declined. Nothing is remembered as a conversation and
 * no language model is asked. Thread-safe.
 */
public final class Evaluation {
  /**
   * How many passages are looked at for the ranks of documents. Where one document fills them, its
   * passages hide those behind: recall is then measured low, never high.
   */
  private static final int PASSAGES = 100;

  private final Retrieval retrieval;
  private final QuotedAnswers answers;

  public Evaluation(Retrieval retrieval, AssistantSettings settings) {
    this.retrieval = retrieval;
    this.answers = new QuotedAnswers(settings);
  }

  /**
   * Asks the questions.
   *
   * @param filter which chunks count
   * @param modes the modes to compare
   * @param atOnce how many questions are asked at the same time
   * @param progress hears how many are done, from several threads
   * @return an outcome for each question, in their order
   */
  public List<Outcome> run(
      CallScope scope,
      List<JudgedQuestion> questions,
      Filter filter,
      Set<RetrievalMode> modes,
      int atOnce,
      IntConsumer progress) {
    var outcomes = new Outcome[questions.size()];
    var done = new AtomicInteger();
    Parallel.forEach(
        atOnce,
        IntStream.range(0, outcomes.length).boxed().toList(),
        i -> {
          scope.cancellation().throwIfCancelled();
          outcomes[i] = ask(scope, questions.get(i), filter, modes);
          progress.accept(done.incrementAndGet());
        });
    return Arrays.asList(outcomes);
  }

  private Outcome ask(
      CallScope scope, JudgedQuestion question, Filter filter, Set<RetrievalMode> modes) {
    Retrieved hybrid = search(scope, question, filter, RetrievalMode.HYBRID);
    Map<RetrievalMode, Ranking> rankings = new EnumMap<>(RetrievalMode.class);
    if (question.answerable()) {
      for (RetrievalMode mode : modes) {
        Retrieved found =
            mode == RetrievalMode.HYBRID ? hybrid : search(scope, question, filter, mode);
        rankings.put(mode, ranking(found, question));
      }
    }
    return new Outcome(
        question,
        rankings,
        hybrid.relevance().score(),
        hybrid.query() != null,
        quotes(answers.answer(retrieval.withSentences(scope, hybrid, QuotedAnswers.PASSAGES))));
  }

  private Retrieved search(
      CallScope scope, JudgedQuestion question, Filter filter, RetrievalMode mode) {
    return retrieval.search(scope, question.text(), filter, PASSAGES, mode.legs());
  }

  private static Ranking ranking(Retrieved found, JudgedQuestion question) {
    return Ranking.of(
        found.passages().stream().map(passage -> passage.chunk().chunk().document()).toList(),
        question.relevant());
  }

  private static List<String> quotes(Answer answer) {
    if (!(answer instanceof Answer.Given given)) {
      return List.of();
    }
    var quotes = new ArrayList<String>();
    for (Citation citation : given.citations()) {
      quotes.add(citation.quote());
    }
    return quotes;
  }
}
