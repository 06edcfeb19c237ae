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
import io.kass.ports.error.KassException.Cancelled;
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
 * Answers questions over one backend: by its language model where it has one, else with quotes. A
 * turn that is called off while its answer comes is kept as far as it came, with the outcome {@code
 * stopped}. Thread-safe.
 */
public final class KassAssistant implements Assistant {
  /** What is kept with an answer under this name: how it came out. */
  static final String OUTCOME = "outcome";

  /** The outcome of a turn whose answer is no answer. */
  static final String FAILED = "failed";

  /** How long the caller who called a turn off waits at most until it is stored. */
  private static final Duration TO_KEEP_A_STOPPED_TURN = Duration.ofSeconds(5);

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
    // One id for whatever is kept of this turn: appended twice, it is there once.
    String id = ids.get();
    var heard = new StringBuilder();
    AnswerListener hearing =
        event -> {
          if (event instanceof AnswerEvent.Text(String piece)) {
            heard.append(piece);
          }
          listener.on(event);
        };
    try {
      Answer answer =
          backend.chat().present()
              ? generated.answer(scope, question, history, retrieved.passages(), trace, hearing)
              : quoted.answer(
                  retrieval.withSentences(scope, retrieved, QuotedAnswers.PASSAGES),
                  trace,
                  hearing);
      Answer timed = withTotal(answer, Duration.between(started, clock.instant()));
      record(scope, turn(id, scope, question, text(timed), outcome(timed), started), listener);
      return timed;
    } catch (Cancelled stopped) {
      keepWhatWasHeard(scope, id, question, heard.toString().strip(), started, listener);
      throw stopped;
    }
  }

  /**
   * What was said was said: the next question may be about it. The scope has ended, so this writes
   * in one of its own.
   */
  private void keepWhatWasHeard(
      CallScope ended,
      String id,
      Question question,
      String heard,
      Instant at,
      AnswerListener listener) {
    if (!heard.isEmpty()) {
      CallScope scope =
          CallScope.within(TO_KEEP_A_STOPPED_TURN, clock, ended.caller(), ended.correlationId());
      record(scope, turn(id, scope, question, heard, "stopped", at), listener);
    }
  }

  private static Turn turn(
      String id, CallScope scope, Question question, String text, String outcome, Instant at) {
    return new Turn(
        id,
        question.conversation(),
        scope.caller().user(),
        question.text(),
        text,
        at,
        Metadata.of(Map.of(OUTCOME, Json.of(outcome))));
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
