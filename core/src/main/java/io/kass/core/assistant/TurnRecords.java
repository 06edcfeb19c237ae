package io.kass.core.assistant;

import io.kass.ports.CallScope;
import io.kass.ports.Json;
import io.kass.ports.Metadata;
import io.kass.ports.assistant.Answer;
import io.kass.ports.assistant.AnswerEvent;
import io.kass.ports.assistant.AnswerListener;
import io.kass.ports.assistant.Question;
import io.kass.ports.conversation.ConversationLog;
import io.kass.ports.conversation.Turn;
import io.kass.ports.error.KassException;
import io.kass.ports.error.KassException.Cancelled;
import io.kass.ports.error.KassException.Internal;
import io.kass.ports.error.KassException.InvalidRequest;
import io.kass.ports.error.KassException.Misconfigured;
import io.kass.ports.error.KassException.NotFound;
import io.kass.ports.error.KassException.Rejected;
import io.kass.ports.error.KassException.Throttled;
import io.kass.ports.error.KassException.Unavailable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Keeps turns whole, however they end, so that the next one finds them. Thread-safe. */
final class TurnRecords {
  /** What is kept with an answer under this name: how it came out. */
  static final String OUTCOME = "outcome";

  /** The outcome of a turn whose answer is no answer. */
  static final String FAILED = "failed";

  /** How long is waited at most until a turn is stored whose own time is over. */
  private static final Duration TO_KEEP_A_TURN = Duration.ofSeconds(5);

  private final ConversationLog conversations;
  private final InstantSource clock;
  private final Supplier<String> ids;

  TurnRecords(ConversationLog conversations, InstantSource clock, Supplier<String> ids) {
    this.conversations = conversations;
    this.clock = clock;
    this.ids = ids;
  }

  /** Begins to listen to a turn. */
  Recording begin(CallScope scope, Question question, Instant at, AnswerListener listener) {
    return new Recording(scope, question, at, listener);
  }

  /** One turn. Used by one thread. */
  final class Recording {
    private final CallScope scope;
    private final Question question;
    private final Instant at;
    private final AnswerListener listener;
    private final StringBuilder heard = new StringBuilder();

    /** One id for whatever is kept of this turn: appended twice, it is there once. */
    private final String id = ids.get();

    /** Whether this is a turn of the conversation at all. */
    private boolean admitted;

    private Recording(CallScope scope, Question question, Instant at, AnswerListener listener) {
      this.scope = scope;
      this.question = question;
      this.at = at;
      this.listener = listener;
    }

    /**
     * The conversation is the caller's, and they may ask: only from now on is anything kept,
     * however the turn ends.
     */
    void admit() {
      admitted = true;
    }

    /** Passes events on, and remembers what was said. */
    AnswerListener hearing() {
      return event -> {
        if (event instanceof AnswerEvent.Text(String piece)) {
          heard.append(piece);
        }
        listener.on(event);
      };
    }

    /** The turn's scope, or one of its own when its time has passed. */
    private CallScope scope() {
      return clock.instant().isBefore(scope.deadline()) ? scope : afterwards();
    }

    private CallScope afterwards() {
      return CallScope.within(TO_KEEP_A_TURN, clock, scope.caller(), scope.correlationId());
    }

    void keep(Answer answer) {
      switch (answer) {
        case Answer.Given given ->
            append(scope(), given.text(), given.kind().name().toLowerCase(Locale.ROOT));
        case Answer.Declined declined -> append(scope(), declined.text(), "declined");
        case Answer.PendingApproval pending -> append(scope(), pending.text(), "pending");
        case Answer.Failed failed -> append(scope(), failed.text(), FAILED);
      }
    }

    /** What was said was said, although it was called off: the next question may be about it. */
    void keepWhatWasHeard() {
      String said = heard.toString().strip();
      if (!said.isEmpty()) {
        append(afterwards(), said, "stopped");
      }
    }

    /** Messages of failures may tell of the inside; what is kept tells the kind only. */
    void keepFailure(RuntimeException failure) {
      append(
          afterwards(),
          "No answer: " + (failure instanceof KassException known ? why(known) : "a fault") + ".",
          FAILED);
    }

    private static String why(KassException failure) {
      return switch (failure) {
        case InvalidRequest invalid -> "the question could not be searched for";
        case NotFound notFound -> "something was not there";
        case Misconfigured misconfigured -> "the configuration has to be changed";
        case Throttled throttled -> "there were too many requests";
        case Unavailable unavailable -> "a service could not be reached";
        case Rejected rejected -> "it was refused";
        case Cancelled cancelled -> "it was called off";
        case Internal internal -> "a fault";
      };
    }

    private void append(CallScope within, String text, String outcome) {
      if (admitted) {
        keep(
            within,
            scope ->
                conversations.append(
                    scope,
                    new Turn(
                        id,
                        question.conversation(),
                        scope.caller().user(),
                        question.text(),
                        text,
                        at,
                        Metadata.of(Map.of(OUTCOME, Json.of(outcome))))));
      }
    }

    /** Keeps something else of the turn, whatever became of its scope. */
    void keep(Consumer<CallScope> writing) {
      keep(afterwards(), writing);
    }

    /** Whoever asked is not denied the answer because nobody can write it down. */
    private void keep(CallScope within, Consumer<CallScope> writing) {
      try {
        writing.accept(within);
      } catch (Unavailable | Throttled | Misconfigured e) {
        listener.on(new AnswerEvent.Unrecorded(e.getMessage()));
      }
    }
  }
}
