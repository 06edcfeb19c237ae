package io.kass.core.assistant;

import io.kass.core.concurrent.Parallel;
import io.kass.core.retrieval.Retrieval;
import io.kass.core.retrieval.Retrieved;
import io.kass.ports.CallScope;
import io.kass.ports.Json;
import io.kass.ports.Metadata;
import io.kass.ports.assistant.Answer;
import io.kass.ports.assistant.AnswerEvent;
import io.kass.ports.assistant.AnswerListener;
import io.kass.ports.assistant.Assistant;
import io.kass.ports.assistant.Passage;
import io.kass.ports.assistant.Question;
import io.kass.ports.assistant.Trace;
import io.kass.ports.backend.Backend;
import io.kass.ports.chat.TokenUsage;
import io.kass.ports.conversation.Message;
import io.kass.ports.conversation.Turn;
import io.kass.ports.error.KassException.Misconfigured;
import io.kass.ports.error.KassException.Throttled;
import io.kass.ports.error.KassException.Unavailable;
import io.kass.ports.index.SearchMode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Answers questions over one backend: by its language model where it has one, else with quotes.
 * Thread-safe.
 */
public final class KassAssistant implements Assistant {
  /** What is kept with an answer under this name: how it came out. */
  static final String OUTCOME = "outcome";

  /** The outcome of a turn whose answer is no answer. */
  static final String FAILED = "failed";

  private final Backend backend;
  private final Retrieval retrieval;
  private final QuotedAnswers quoted;
  private final GeneratedAnswers generated;
  private final InstantSource clock;
  private final Supplier<String> ids;
  private final AssistantSettings settings;

  /**
   * @param ids makes an id that was never used, for each turn
   */
  public KassAssistant(
      Backend backend,
      Retrieval retrieval,
      InstantSource clock,
      Supplier<String> ids,
      AssistantSettings settings) {
    this.backend = backend;
    this.retrieval = retrieval;
    this.quoted = new QuotedAnswers(settings);
    this.generated = new GeneratedAnswers(backend.chat(), clock, settings);
    this.clock = clock;
    this.ids = ids;
    this.settings = settings;
  }

  @Override
  public Answer ask(CallScope scope, Question question, AnswerListener listener) {
    Instant started = clock.instant();
    var both =
        Parallel.both(
            () -> history(scope, question),
            () ->
                retrieval.search(
                    scope,
                    question.text(),
                    question.filter(),
                    settings.passages(),
                    EnumSet.allOf(SearchMode.class)));
    List<Message> history = both.first();
    Retrieved retrieved = both.second();
    listener.on(new AnswerEvent.Retrieved(retrieved.passages()));
    Trace trace = trace(Duration.between(started, clock.instant()), retrieved.passages());
    Answer answer =
        backend.chat().present()
            ? generated.answer(scope, question, history, retrieved.passages(), trace, listener)
            : quoted.answer(retrieved, trace, listener);
    Answer timed = withTotal(answer, Duration.between(started, clock.instant()));
    record(scope, turn(scope, question, timed, started), listener);
    return timed;
  }

  /** Whoever asked is not denied the answer because nobody can write it down. */
  private void record(CallScope scope, Turn turn, AnswerListener listener) {
    try {
      backend.conversations().append(scope, turn);
    } catch (Unavailable | Throttled | Misconfigured e) {
      listener.on(new AnswerEvent.Unrecorded(e.getMessage()));
    }
  }

  private List<Message> history(CallScope scope, Question question) {
    return backend.chat().present() && settings.historyMessages() > 0
        ? backend.conversations().last(scope, question.conversation(), settings.historyMessages())
        : List.of();
  }

  private Turn turn(CallScope scope, Question question, Answer answer, Instant at) {
    return new Turn(
        ids.get(),
        question.conversation(),
        scope.caller().user(),
        question.text(),
        text(answer),
        at,
        Metadata.of(Map.of(OUTCOME, Json.of(outcome(answer)))));
  }

  private static String text(Answer answer) {
    return switch (answer) {
      case Answer.Given given -> given.text();
      case Answer.Declined declined -> declined.text();
      case Answer.PendingApproval pending -> pending.text();
      case Answer.Failed failed -> failed.text();
    };
  }

  private static String outcome(Answer answer) {
    return switch (answer) {
      case Answer.Given given -> given.kind().name().toLowerCase(Locale.ROOT);
      case Answer.Declined declined -> "declined";
      case Answer.PendingApproval pending -> "pending";
      case Answer.Failed failed -> FAILED;
    };
  }

  private static Trace trace(Duration retrieval, List<Passage> passages) {
    return new Trace(retrieval, Duration.ZERO, Duration.ZERO, passages, TokenUsage.NONE, 0, 0);
  }

  private static Answer withTotal(Answer answer, Duration total) {
    Trace before = answer.trace();
    Trace trace =
        new Trace(
            before.retrieval(),
            before.generation(),
            total,
            before.retrieved(),
            before.usage(),
            before.iterations(),
            before.markersRemoved());
    return switch (answer) {
      case Answer.Given given ->
          new Answer.Given(
              given.text(), given.kind(), given.citations(), given.model(), given.cached(), trace);
      case Answer.Declined declined -> new Answer.Declined(declined.text(), trace);
      case Answer.PendingApproval pending ->
          new Answer.PendingApproval(pending.text(), pending.action(), trace);
      case Answer.Failed failed -> new Answer.Failed(failed.text(), trace);
    };
  }
}
