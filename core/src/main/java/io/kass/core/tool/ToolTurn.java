package io.kass.core.tool;

import io.kass.core.safety.Visible;
import io.kass.core.tool.ActionPolicy.Mode;
import io.kass.core.tool.ActionPolicy.Rule;
import io.kass.core.tool.ToolDispatcher.CheckedTool;
import io.kass.core.tool.ToolDispatcher.Services;
import io.kass.core.users.Users;
import io.kass.ports.CallScope;
import io.kass.ports.ContentHash;
import io.kass.ports.Json;
import io.kass.ports.assistant.AnswerEvent;
import io.kass.ports.assistant.AnswerListener;
import io.kass.ports.assistant.ToolRun;
import io.kass.ports.chat.ChatMessage.ToolCall;
import io.kass.ports.chat.ChatMessage.ToolResult;
import io.kass.ports.error.KassException.Cancelled;
import io.kass.ports.error.KassException.Misconfigured;
import io.kass.ports.error.KassException.Throttled;
import io.kass.ports.error.KassException.Unavailable;
import io.kass.ports.tool.Decision;
import io.kass.ports.tool.PendingAction;
import io.kass.ports.tool.ProposedAction;
import io.kass.ports.tool.ToolArguments;
import io.kass.ports.tool.ToolLogEntry;
import io.kass.ports.tool.ToolOutcome;
import io.kass.ports.tool.ToolSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tools in one turn. Used by one thread, which also hears all events. */
public final class ToolTurn {
  /** How long it is remembered that an action was begun. */
  private static final Duration REMEMBERED = Duration.ofDays(2);

  private static final String NOTHING = "(no output)";

  private final Services services;
  private final Map<String, CheckedTool> tools;
  private final Map<String, Rule> rules;
  private final String message;
  private final String turn;
  private final Set<String> done = new HashSet<>();
  private final List<ToolRun> runs = new ArrayList<>();
  private @Nullable OwnWords words;
  private int calls;

  ToolTurn(
      Services services,
      Map<String, CheckedTool> tools,
      Map<String, Rule> rules,
      String message,
      String turn) {
    this.services = services;
    this.tools = tools;
    this.rules = rules;
    this.message = message;
    this.turn = turn;
  }

  /**
   * What came of a model's calls.
   *
   * @param results one a call, in their order
   * @param pending an action that waits for someone, or null
   */
  public record Round(List<ToolResult> results, @Nullable PendingAction pending) {}

  /** What the model may ask for. */
  public List<ToolSpec> offered() {
    return tools.isEmpty() ? List.of() : tools.values().stream().map(CheckedTool::spec).toList();
  }

  /** What ran so far. */
  public List<ToolRun> runs() {
    return List.copyOf(runs);
  }

  /**
   * Runs calls: those that read at once, then those that act, one after the other.
   *
   * @throws Cancelled when the scope is called off
   */
  public Round run(CallScope scope, List<ToolCall> asked, AnswerListener listener) {
    var ended = new ToolOutcome[asked.size()];
    var waiting = new Waiting[asked.size()];
    PendingAction pending = null;
    for (int i = 0; i < asked.size(); i++) {
      Asked call = new Asked(asked.get(i), tools.get(asked.get(i).name()), calls++, now());
      String problem =
          i < services.limits().callsAtOnce() ? problem(call) : "these are too many calls at once";
      if (problem != null) {
        ended[i] = refused(scope, call, problem, listener);
      } else if (!call.known().acts()) {
        waiting[i] = new Waiting(call, start(scope, call, call.call().arguments(), listener));
      }
    }
    for (int i = 0; i < asked.size(); i++) {
      if (waiting[i] != null) {
        ended[i] = end(scope, waiting[i].call(), waiting[i].running(), listener).outcome();
      }
    }
    for (int i = 0; i < asked.size(); i++) {
      if (ended[i] == null) {
        Asked call = new Asked(asked.get(i), tools.get(asked.get(i).name()), calls++, now());
        Acted acted = pending == null ? act(scope, call, listener) : new Acted(waits(), null);
        ended[i] = acted.outcome();
        pending = pending == null ? acted.pending() : pending;
      }
    }
    var results = new ArrayList<ToolResult>(asked.size());
    for (int i = 0; i < asked.size(); i++) {
      results.add(result(asked.get(i).id(), ended[i]));
    }
    return new Round(List.copyOf(results), pending);
  }

  private record Waiting(Asked call, RunningTool running) {}

  private record Acted(ToolOutcome outcome, @Nullable PendingAction pending) {}

  /** A call that a model asked for. */
  private record Asked(ToolCall call, @Nullable CheckedTool tool, int number, Instant at) {
    CheckedTool known() {
      return Objects.requireNonNull(tool);
    }
  }

  private @Nullable String problem(Asked asked) {
    CheckedTool tool = asked.tool();
    if (tool == null) {
      return "there is no such tool; there are: " + String.join(", ", tools.keySet());
    }
    int length = asked.call().arguments().canonical().length();
    if (length > services.limits().argumentCharacters()) {
      return "the arguments have %d characters, at most %d"
          .formatted(length, services.limits().argumentCharacters());
    }
    return tool.schema().problem(asked.call().arguments());
  }

  private Acted act(CallScope scope, Asked asked, AnswerListener listener) {
    ToolSpec spec = asked.known().spec();
    Rule rule = rules.get(spec.name());
    if (words == null) {
      words = new OwnWords(message);
    }
    String problem =
        rule == null
            ? "policy does not let it run"
            : words.askFor(spec.name())
                ? BoundArguments.problem(spec, asked.call().arguments(), words, rule)
                : "the user's own message does not ask for it: only that can, in plain words";
    if (problem != null || rule == null) {
      return new Acted(refused(scope, asked, String.valueOf(problem), listener), null);
    }
    Json.Obj values = BoundArguments.safe(spec, asked.call().arguments(), services.links());
    String target = spec.name() + ' ' + BoundArguments.target(spec, values);
    if (done.contains(target)) {
      return new Acted(
          refused(scope, asked, "this was done in this turn; the user asked once", listener), null);
    }
    if (rule.mode() == Mode.DRY_RUN) {
      var outcome =
          new ToolOutcome.Success("Dry run: nothing was done. It would be done as asked.");
      record(scope, asked, outcome, "dry run", listener);
      done.add(target);
      return new Acted(outcome, null);
    }
    return rule.mode() == Mode.ASK
        ? askAndAct(scope, asked, values, target, listener)
        : new Acted(actOnce(scope, asked, values, target, listener), null);
  }

  private Acted askAndAct(
      CallScope scope, Asked asked, Json.Obj values, String target, AnswerListener listener) {
    var proposed = new ProposedAction(asked.known().spec(), arguments(asked, values), message);
    return switch (services.approver().decide(scope, proposed)) {
      case Decision.Approved approved ->
          new Acted(actOnce(scope, asked, values, target, listener), null);
      case Decision.Denied(String reason) ->
          new Acted(refused(scope, asked, "it was denied. " + reason, listener), null);
      case Decision.Deferred(PendingAction action) -> {
        record(scope, asked, waits(), "waits for approval", listener);
        yield new Acted(waits(), action);
      }
    };
  }

  /**
   * Acts unless this was begun before: a process that dies between an action and its record must
   * not act again when the turn is tried again. What surely was not done may be tried again.
   */
  private ToolOutcome actOnce(
      CallScope scope, Asked asked, Json.Obj values, String target, AnswerListener listener) {
    String counter =
        Users.ledgerPrefix(scope.caller().user())
            + "action/"
            + arguments(asked, values).idempotencyKey();
    if (services.ledger().add(scope, counter, 1, 1, now().plus(REMEMBERED)) < 0) {
      return refused(
          scope,
          asked,
          "this very action was begun before; tell the user to look whether it was done",
          listener);
    }
    done.add(target);
    RunningTool.Ended ended = end(scope, asked, start(scope, asked, values, listener), listener);
    if (ended.outcome() instanceof ToolOutcome.Success) {
      return ended.outcome();
    }
    if (ended.sure()) {
      services.ledger().deleteCounter(scope, counter);
      done.remove(target);
      return ended.outcome();
    }
    return new ToolOutcome.Failure(
        ended.outcome().text()
            + " It may have been done: do not try again, tell the user to look.");
  }

  private RunningTool start(
      CallScope scope, Asked asked, Json.Obj values, AnswerListener listener) {
    listener.on(new AnswerEvent.ToolStarted(asked.call().id(), asked.known().spec().name()));
    return RunningTool.start(
        scope,
        asked.known().tool(),
        arguments(asked, values),
        services.limits().time(),
        services.clock());
  }

  private RunningTool.Ended end(
      CallScope scope, Asked asked, RunningTool running, AnswerListener listener) {
    RunningTool.Ended ended = running.await();
    boolean success = ended.outcome() instanceof ToolOutcome.Success;
    record(
        scope,
        asked,
        ended.outcome(),
        success ? "ran" : ended.sure() ? "failed" : "broke off",
        listener);
    String name = asked.known().spec().name();
    runs.add(new ToolRun(name, success));
    listener.on(new AnswerEvent.ToolFinished(asked.call().id(), name, success));
    return ended;
  }

  private ToolOutcome refused(CallScope scope, Asked asked, String why, AnswerListener listener) {
    var outcome = new ToolOutcome.Failure("Not run: " + why + ".");
    record(scope, asked, outcome, "refused", listener);
    if (asked.tool() != null) {
      runs.add(new ToolRun(asked.tool().spec().name(), false));
    }
    return outcome;
  }

  private static ToolOutcome waits() {
    return new ToolOutcome.Failure("Not run: it waits for approval.");
  }

  private ToolArguments arguments(Asked asked, Json.Obj values) {
    String key =
        ContentHash.ofParts("kass-action-1", turn, asked.known().spec().name(), values.canonical())
            .hex();
    return new ToolArguments(asked.call().id(), values, key);
  }

  private ToolResult result(String id, ToolOutcome outcome) {
    String text = Visible.of(outcome.text()).strip();
    int limit = services.limits().outputCharacters();
    if (text.length() > limit) {
      int end = Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit;
      text = text.substring(0, end) + "\n(cut: it has " + text.length() + " characters)";
    }
    return new ToolResult(
        id, outcome instanceof ToolOutcome.Success, text.isEmpty() ? NOTHING : text);
  }

  /** A record that cannot be kept does not undo what was done. */
  private void record(
      CallScope scope, Asked asked, ToolOutcome outcome, String what, AnswerListener listener) {
    CheckedTool tool = asked.tool();
    String name = tool == null ? "unknown" : tool.spec().name();
    Json arguments =
        tool == null
            ? new Json.Obj(Map.of())
            : Redaction.of(tool.spec().input(), asked.call().arguments());
    var entry =
        new ToolLogEntry(
            ContentHash.ofParts(
                    "kass-tool-call-1", scope.correlationId(), turn, String.valueOf(asked.number()))
                .hex(),
            name,
            scope.caller().user(),
            scope.correlationId(),
            arguments.canonical(),
            outcome instanceof ToolOutcome.Success,
            what,
            asked.at(),
            Duration.between(asked.at(), now()));
    try {
      services.log().append(scope, entry);
    } catch (Unavailable | Throttled | Misconfigured e) {
      listener.on(new AnswerEvent.Unrecorded(e.getMessage()));
    }
  }

  private Instant now() {
    return services.clock().instant();
  }
}
