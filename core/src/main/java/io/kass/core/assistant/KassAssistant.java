package io.kass.core.assistant;

import io.kass.core.concurrent.Fork;
import io.kass.core.retrieval.Retrieval;
import io.kass.core.retrieval.Retrieved;
import io.kass.core.tool.ToolDispatcher;
import io.kass.core.tool.ToolTurn;
import io.kass.ports.CallScope;
import io.kass.ports.Cancellation;
import io.kass.ports.ContentHash;
import io.kass.ports.assistant.Answer;
import io.kass.ports.assistant.AnswerEvent;
import io.kass.ports.assistant.AnswerListener;
import io.kass.ports.assistant.Assistant;
import io.kass.ports.assistant.Passage;
import io.kass.ports.assistant.Question;
import io.kass.ports.assistant.Trace;
import io.kass.ports.backend.Backend;
import io.kass.ports.chat.ChatMessage;
import io.kass.ports.chat.TokenCounter;
import io.kass.ports.conversation.Message;
import io.kass.ports.error.KassException.Cancelled;
import io.kass.ports.error.KassException.NotFound;
import io.kass.ports.index.SearchMode;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers questions over one backend: by its language model where it has one, else with quotes.
 * Thread-safe.
 *
 * <p>A turn: what was said before is read while the question is searched for, so that the model is
 * asked no later than the slower of both; a question that leans on what was said is made to stand
 * alone and searched for again; greetings are not searched for. One deadline and one cancellation
 * run through all of it. However it ends, the turn is kept whole, with its outcome.
 */
public final class KassAssistant implements Assistant {
  /** So many passages are found for each one that is shown, so that nothing is shown twice. */
  private static final int FOUND_FOR_EACH = 2;

  private static final Set<SearchMode> ALL_MODES = EnumSet.allOf(SearchMode.class);

  private final Backend backend;
  private final Retrieval retrieval;
  private final ToolDispatcher tools;
  private final InstantSource clock;
  private final AssistantSettings settings;
  private final AnswerLimits limits;
  private final Prices prices;
  private final Allowance allowance;
  private final AnswerMemory memory;
  private final FollowUps followUps;
  private final QuotedAnswers quoted;
  private final GeneratedAnswers generated;
  private final TurnRecords records;
  private final TokenCounter counter;

  /**
   * @param ids makes an id that was never used, for each turn
   */
  public KassAssistant(
      Backend backend,
      Retrieval retrieval,
      ToolDispatcher tools,
      InstantSource clock,
      Supplier<String> ids,
      AssistantSettings settings,
      AnswerLimits limits,
      Prices prices) {
    this.backend = backend;
    this.retrieval = retrieval;
    this.tools = tools;
    this.clock = clock;
    this.settings = settings;
    this.limits = limits;
    this.prices = prices;
    allowance = new Allowance(backend.ledger(), limits, prices, backend.chat().id(), clock);
    memory = new AnswerMemory(backend, settings.cache(), clock, Prompt.VERSION + settings);
    followUps = new FollowUps(backend.chat());
    quoted = new QuotedAnswers(settings);
    generated = new GeneratedAnswers(backend.chat(), quoted, clock, settings, limits);
    records = new TurnRecords(backend.conversations(), clock, ids);
    TokenCounter known = backend.chat().tokens();
    counter = known == null ? ApproximateTokens::count : known;
  }

  @Override
  public Answer ask(CallScope outer, Question question, AnswerListener listener) {
    CallScope scope = outer.atMost(limits.time(), clock);
    var meter = new TurnMeter(clock, prices);
    TurnRecords.Recording recording = records.begin(scope, question, meter.started(), listener);
    try {
      Answer answer = answer(scope, question, meter, recording);
      recording.keep(answer);
      return answer;
    } catch (Cancelled stopped) {
      recording.keepWhatWasHeard();
      throw stopped;
    } catch (RuntimeException failure) {
      recording.keepFailure(failure);
      throw failure;
    } finally {
      recording.keep(within -> allowance.spend(within, meter.trace()));
    }
  }

  private Answer answer(
      CallScope scope, Question question, TurnMeter meter, TurnRecords.Recording recording) {
    AnswerListener listener = recording.hearing();
    Beginning beginning = begin(scope, question, meter, recording);
    if (beginning.found().cached() != null) {
      return again(beginning.found().cached(), meter, listener);
    }
    List<ChatMessage> earlier =
        Prompt.history(beginning.history(), settings.promptTokens() / 3, counter);
    Retrieved retrieved = beginning.found().retrieved();
    if (retrieved != null && !earlier.isEmpty() && FollowUps.leans(question.text())) {
      String alone = followUps.standAlone(scope, earlier, question.text(), meter);
      retrieved = search(scope, question, alone);
      meter.retrieved(alone);
    }
    if (!backend.chat().present()) {
      return quote(scope, question, retrieved, meter, listener);
    }
    List<Passage> shown = retrieved == null ? List.of() : shown(retrieved, earlier);
    meter.shown(shown);
    listener.on(new AnswerEvent.Retrieved(shown));
    Answer answer =
        generated.answer(
            scope,
            new GeneratedAnswers.Material(question.text(), earlier, retrieved, shown),
            beginning.tools(),
            meter,
            listener);
    if (beginning.key() != null) {
      memory.put(scope, beginning.key(), answer);
    }
    return answer;
  }

  /**
   * What a turn begins with.
   *
   * @param key under which the answer may be kept, or null
   */
  private record Beginning(
      List<Message> history, Found found, ToolTurn tools, @Nullable String key) {}

  /**
   * What there is for a question as it was asked: neither for a greeting.
   *
   * @param retrieved what the search brought, or null
   * @param cached the answer, when it was given before, or null
   */
  private record Found(@Nullable Retrieved retrieved, Answer.@Nullable Given cached) {}

  /** Reads what was said, looks for a kept answer, and searches, all at once. */
  private Beginning begin(
      CallScope scope, Question question, TurnMeter meter, TurnRecords.Recording recording) {
    Fork<List<Message>> history = Fork.of(() -> history(scope, question));
    Fork<Boolean> allowed = allowance.limited() ? Fork.of(() -> take(scope)) : null;
    boolean talk = SmallTalk.is(question.text());
    String key = null;
    Found found;
    try {
      if (talk) {
        found = new Found(null, null);
      } else if (memory.used()) {
        key = memory.key(scope, question, tools.offeredTo(scope.caller()));
        found = remembered(scope, question, key, history);
      } else {
        found = new Found(search(scope, question, question.text()), null);
      }
    } catch (RuntimeException failure) {
      admitted(history, allowed, recording);
      throw failure;
    }
    List<Message> said = admitted(history, allowed, recording);
    if (!talk) {
      meter.retrieved(question.text());
    }
    return new Beginning(said, found, turn(scope, question, said), said.isEmpty() ? key : null);
  }

  /** Waits for what says whether the caller may ask here; throws when not. */
  private static List<Message> admitted(
      Fork<List<Message>> history,
      @Nullable Fork<Boolean> allowed,
      TurnRecords.Recording recording) {
    try {
      List<Message> said = history.join();
      if (allowed != null) {
        allowed.join();
      }
      recording.admit();
      return said;
    } finally {
      history.abandon();
      if (allowed != null) {
        allowed.abandon();
      }
    }
  }

  /** An answer that was given before; else what is found, which is looked for meanwhile. */
  private Found remembered(
      CallScope scope, Question question, String key, Fork<List<Message>> history) {
    var searching = scope.with(new Cancellation());
    Fork<Retrieved> search = Fork.of(() -> search(searching, question, question.text()));
    try (var registration = scope.cancellation().onCancel(searching.cancellation()::cancel)) {
      Answer.Given kept = memory.get(scope, key);
      return kept != null && history.join().isEmpty()
          ? new Found(null, kept)
          : new Found(search.join(), null);
    } finally {
      searching.cancellation().cancel();
      search.abandon();
    }
  }

  private boolean take(CallScope scope) {
    allowance.take(scope);
    return true;
  }

  /**
   * What was said before.
   *
   * @throws NotFound when it was another user's to say
   */
  private List<Message> history(CallScope scope, Question question) {
    List<Message> last =
        backend
            .conversations()
            .last(scope, question.conversation(), Math.max(2, settings.historyMessages()));
    for (Message message : last) {
      if (!message.user().equals(scope.caller().user())) {
        throw new NotFound("There is no conversation '" + question.conversation() + "'.");
      }
    }
    return last;
  }

  private Retrieved search(CallScope scope, Question question, String text) {
    return retrieval.search(
        scope, text, question.filter(), settings.passages() * FOUND_FOR_EACH, ALL_MODES);
  }

  /** Another try of the same question after the same words is the same turn. */
  private ToolTurn turn(CallScope scope, Question question, List<Message> said) {
    if (tools.isEmpty()) {
      return tools.turn(scope.caller(), question.text(), "");
    }
    String after = said.isEmpty() ? "" : said.getLast().key();
    String turn =
        ContentHash.ofParts(
                "kass-turn-1",
                scope.caller().user().value(),
                question.conversation().value(),
                after,
                question.text())
            .hex();
    return tools.turn(scope.caller(), question.text(), turn);
  }

  private List<Passage> shown(Retrieved retrieved, List<ChatMessage> earlier) {
    int room = settings.promptTokens();
    for (ChatMessage message : earlier) {
      room -=
          switch (message) {
            case ChatMessage.FromUser(String text) -> counter.count(text);
            case ChatMessage.FromModel model -> counter.count(model.text());
            case ChatMessage.ToolResults none -> 0;
          };
    }
    return PassageSelection.of(retrieved.passages(), settings.passages(), room, counter);
  }

  private Answer quote(
      CallScope scope,
      Question question,
      @Nullable Retrieved retrieved,
      TurnMeter meter,
      AnswerListener listener) {
    if (retrieved == null) {
      String reply = SmallTalk.reply(question.text());
      listener.on(new AnswerEvent.Text(reply));
      return new Answer.Given(reply, Answer.Kind.PLAIN, List.of(), "", false, meter.trace());
    }
    Retrieved best =
        retrieval.withSentences(
            scope, retrieved.first(settings.passages()), QuotedAnswers.PASSAGES);
    meter.shown(best.passages());
    listener.on(new AnswerEvent.Retrieved(best.passages()));
    return withTrace(quoted.answer(best, meter.trace(), listener), meter.trace());
  }

  private static Answer again(Answer.Given cached, TurnMeter meter, AnswerListener listener) {
    listener.on(new AnswerEvent.Text(cached.text()));
    return withTrace(cached, meter.trace());
  }

  private static Answer withTrace(Answer answer, Trace trace) {
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
