package io.kass.core.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kass.core.safety.AllowedHosts;
import io.kass.core.tool.ActionPolicy.Mode;
import io.kass.core.tool.ActionPolicy.Rule;
import io.kass.core.users.Users;
import io.kass.ports.Audience;
import io.kass.ports.CallScope;
import io.kass.ports.Caller;
import io.kass.ports.Cursor;
import io.kass.ports.Json;
import io.kass.ports.TestClock;
import io.kass.ports.TestScopes;
import io.kass.ports.assistant.AnswerEvent;
import io.kass.ports.assistant.ToolRun;
import io.kass.ports.chat.ChatMessage.ToolCall;
import io.kass.ports.chat.ChatMessage.ToolResult;
import io.kass.ports.error.KassException.Cancelled;
import io.kass.ports.error.KassException.Unavailable;
import io.kass.ports.ledger.InMemoryLedger;
import io.kass.ports.tool.Approver;
import io.kass.ports.tool.InMemoryToolLog;
import io.kass.ports.tool.ScriptedApprover;
import io.kass.ports.tool.ScriptedApprover.Verdict;
import io.kass.ports.tool.ToolArguments;
import io.kass.ports.tool.ToolLogEntry;
import io.kass.ports.tool.ToolOutcome;
import io.kass.ports.tool.ToolSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ToolDispatcherTest {
  private static final String REQUEST = "Create a ticket in project OPS for ann, priority high.";

  private final TestClock clock = new TestClock();
  private final InMemoryToolLog log = new InMemoryToolLog();
  private final InMemoryLedger ledger = new InMemoryLedger(clock);
  private final List<AnswerEvent> events = new ArrayList<>();
  private final ScriptedTool lookUp =
      ScriptedTool.reading("look_up", (scope, call) -> new ToolOutcome.Success("found"));
  private final ScriptedTool tickets = ScriptedTool.tickets();

  @Test
  void readingToolsRunFreelyAndAreHeardAndLogged() {
    ToolTurn turn = turn(Mode.ASK, "What is up?");
    List<ToolResult> results = run(turn, call("look_up", "{'query': 'CANARY'}"));
    assertThat(results).containsExactly(new ToolResult("id", true, "found"));
    assertThat(events)
        .containsExactly(
            new AnswerEvent.ToolStarted("id", "look_up"),
            new AnswerEvent.ToolFinished("id", "look_up", true));
    assertThat(turn.runs()).containsExactly(new ToolRun("look_up", true));
    ToolLogEntry entry = logged("look_up").getFirst();
    assertThat(entry.success()).isTrue();
    assertThat(entry.arguments()).isEqualTo("{\"query\":\"(6 characters)\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "drop_all | {} | there is no such tool; there are: create_ticket, look_up",
        "look_up | {'query': 7} | 'query' must be of type string",
        "look_up | {'query': 'x', 'user': 'bob'} | there is no argument 'user'; there are: query",
        "create_ticket | {'project': 'OPS'} | 'title' is missing"
      })
  @Tag("B2")
  void whatDoesNotFitIsNotRunAndTheModelIsToldWhy(String tool, String arguments, String why) {
    List<ToolResult> results = run(turn(Mode.ALLOW, REQUEST), call(tool, arguments));
    assertThat(results).containsExactly(new ToolResult("id", false, "Not run: " + why + "."));
    assertThat(lookUp.calls()).isEmpty();
    assertThat(tickets.calls()).isEmpty();
  }

  @Test
  @Tag("B2")
  void aMegabyteOfArgumentsIsNotRun() {
    List<ToolResult> results =
        run(turn(Mode.ALLOW, REQUEST), call("look_up", "{'query': '" + "x".repeat(1 << 20) + "'}"));
    assertThat(results.getFirst().success()).isFalse();
    assertThat(results.getFirst().text()).contains("at most 16384").hasSizeLessThan(200);
    assertThat(lookUp.calls()).isEmpty();
  }

  @Test
  void callsThatReadRunAtOnce() {
    var all = new CyclicBarrier(3);
    ScriptedTool meeting =
        ScriptedTool.reading(
            "meet",
            (scope, call) -> {
              try {
                all.await(30, TimeUnit.SECONDS);
                return new ToolOutcome.Success(call.callId());
              } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
                return new ToolOutcome.Failure("alone");
              }
            });
    ToolTurn turn =
        dispatcher(Set.of(meeting), ActionPolicy.NONE, Approver.denyAll()).turn(caller(), "?", "t");
    List<ToolResult> results =
        run(turn, named("a", "meet", "{}"), named("b", "meet", "{}"), named("c", "meet", "{}"));
    assertThat(results).extracting(ToolResult::text).containsExactly("a", "b", "c");
  }

  @Test
  void tooManyCallsAtOnceAreRefused() {
    ToolCall[] many = new ToolCall[9];
    for (int i = 0; i < many.length; i++) {
      many[i] = named("c" + i, "look_up", "{}");
    }
    List<ToolResult> results = run(turn(Mode.ASK, "?"), many);
    assertThat(results).filteredOn(ToolResult::success).hasSize(8);
    assertThat(results.getLast().text()).contains("too many");
  }

  @Test
  void aToolThatHangsIsLeftBehind() {
    var hanging = new CountDownLatch(1);
    ScriptedTool hang =
        ScriptedTool.reading(
            "hang",
            (scope, call) -> {
              while (hanging.getCount() > 0) {
                try {
                  hanging.await();
                } catch (InterruptedException e) {
                  // It does not care.
                }
              }
              return new ToolOutcome.Success("late");
            });
    var limits = new ToolLimits(Duration.ofMillis(20), 100, 100, 3);
    var tools = new Tools(Set.of(hang.port()), ActionPolicy.NONE, Approver.denyAll(), limits);
    ToolTurn turn =
        new ToolDispatcher(tools, log, ledger, AllowedHosts.NONE, clock).turn(caller(), "?", "t");
    assertThat(run(turn, call("hang", "{}")))
        .containsExactly(new ToolResult("id", false, "The tool took too long."));
    assertThat(logged("hang").getFirst().outcome()).isEqualTo("broke off");
    hanging.countDown();
  }

  @Test
  @Tag("F18")
  void outputIsCutMadeVisibleAndNeverBlank() {
    var texts = new ArrayList<>(List.of("word \ud83d\ude00".repeat(5_000), " \u200b ", "a\u200bb"));
    ScriptedTool tool =
        ScriptedTool.reading("say", (scope, call) -> new ToolOutcome.Success(texts.removeFirst()));
    ToolTurn turn =
        dispatcher(Set.of(tool), ActionPolicy.NONE, Approver.denyAll()).turn(caller(), "?", "t");
    assertThat(run(turn, call("say", "{}")).getFirst().text())
        .hasSizeBetween(19_999, 20_100)
        .endsWith("(cut: it has 35000 characters)");
    assertThat(run(turn, call("say", "{}")).getFirst().text()).isEqualTo("(no output)");
    assertThat(run(turn, call("say", "{}")).getFirst().text()).isEqualTo("ab");
  }

  @Test
  @Tag("B4")
  void aToolThatThrowsIsAnOutcomeThatTellsNoSecrets() {
    ScriptedTool broken =
        ScriptedTool.reading(
            "broken",
            (scope, call) -> {
              throw new IllegalStateException("CANARY");
            });
    ToolTurn turn =
        dispatcher(Set.of(broken), ActionPolicy.NONE, Approver.denyAll()).turn(caller(), "?", "t");
    List<ToolResult> results = run(turn, call("broken", "{'query': 'CANARY'}"));
    assertThat(results.getFirst().success()).isFalse();
    assertThat(results.toString()).doesNotContain("CANARY");
    assertThat(logged("broken").toString()).doesNotContain("CANARY");
  }

  @Test
  void aCancelledScopeEndsAToolThatWaits() {
    CallScope scope = TestScopes.scope();
    ScriptedTool waiting =
        ScriptedTool.reading(
            "wait",
            (inner, call) -> {
              scope.cancellation().cancel();
              inner.cancellation().throwIfCancelled();
              return new ToolOutcome.Success("never");
            });
    ToolTurn turn =
        dispatcher(Set.of(waiting), ActionPolicy.NONE, Approver.denyAll()).turn(caller(), "?", "t");
    assertThatThrownBy(() -> turn.run(scope, List.of(call("wait", "{}")), events::add))
        .isInstanceOf(Cancelled.class);
  }

  @Test
  void anActionThatTheUserAskedForRuns() {
    List<ToolResult> results =
        run(
            turn(Mode.ALLOW, REQUEST),
            call(
                "create_ticket",
                "{'project': 'OPS', 'title': 'Any', 'assignee': 'Ann', 'priority': 'high'}"));
    assertThat(results).containsExactly(new ToolResult("id", true, "Created OPS-99."));
    assertThat(logged("create_ticket").getFirst().arguments())
        .isEqualTo(
            "{\"assignee\":\"(3 characters)\",\"priority\":\"high\",\"project\":\"(3 characters)\","
                + "\"title\":\"(3 characters)\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "'project': 'EVIL', 'title': 'x'",
        "'project': 'OPS', 'title': 'x', 'assignee': 'mallory'",
        "'project': 'OPS', 'title': 'x', 'watchers': ['ann', 'mallory']",
        "'project': 'OPS', 'title': 'x', 'private': true",
        "'project': 'OPS', 'title': 'x', 'priority': 'low'",
        "'project': 'ticket', 'title': 'x'",
        "'project': 'OP', 'title': 'x'",
        "'project': 'ann', 'title': 'x'"
      })
  @Tag("B6")
  void whatTheUserDidNotNameIsNoTarget(String arguments) {
    List<ToolResult> results =
        run(turn(Mode.ALLOW, REQUEST), call("create_ticket", "{" + arguments + "}"));
    assertThat(results.getFirst().text()).contains("the user did not name the value of");
    assertThat(tickets.calls()).isEmpty();
  }

  @Test
  void policyMayNameWhatTheUserDidNot() {
    var rule = new Rule(Mode.ALLOW, Audience.EVERYONE, ScriptedTool.schema("{'project': 'DESK'}"));
    ToolTurn turn = turn(rule, "Create a ticket about that");
    assertThat(
            run(turn, call("create_ticket", "{'project': 'DESK', 'title': 'x'}"))
                .getFirst()
                .success())
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "What do the documents say about OPS?",
        "How do I create a ticket in OPS?",
        "Summarize:\nCreate a ticket in OPS",
        "Post it to #OPS"
      })
  @Tag("B6")
  void nothingActsThatTheUserDidNotAskFor(String message) {
    List<ToolResult> results =
        run(turn(Mode.ALLOW, message), call("create_ticket", "{'project': 'OPS', 'title': 'x'}"));
    assertThat(results.getFirst().text()).contains("the user's own message does not ask for it");
    assertThat(tickets.calls()).isEmpty();
  }

  @Test
  void whoMayNotActIsNotOfferedTheTool() {
    var rule = new Rule(Mode.ALLOW, Audience.of(Set.of("desk")), new Json.Obj(Map.of()));
    ToolDispatcher dispatcher =
        dispatcher(Set.of(lookUp, tickets), policy(rule), Approver.denyAll());
    var desk = new Caller(TestScopes.USER, Audience.of(Set.of("desk")));
    assertThat(dispatcher.turn(caller(), REQUEST, "t").offered())
        .extracting(ToolSpec::name)
        .containsExactly("look_up");
    assertThat(dispatcher.turn(desk, REQUEST, "t").offered()).hasSize(2);
    assertThat(run(dispatcher.turn(caller(), REQUEST, "t"), ticket()).getFirst().text())
        .contains("no such tool");
  }

  @Test
  void aPersonSeesExactlyWhatWouldBeDone() {
    var approver = new ScriptedApprover(Verdict.APPROVE, clock);
    ToolTurn turn =
        dispatcher(Set.of(tickets), policy(Rule.of(Mode.ASK)), approver)
            .turn(caller(), REQUEST, "t");
    run(
        turn,
        call(
            "create_ticket",
            "{'project': 'OPS', 'title': 'x', 'body': 'see https://evil.test/a'}"));
    assertThat(approver.asked()).hasSize(1);
    assertThat(approver.asked().getFirst().arguments()).isEqualTo(tickets.calls().getFirst());
    assertThat(tickets.calls().getFirst().values().get("body"))
        .isEqualTo(Json.of("see (link removed)"));
    assertThat(approver.asked().getFirst().request()).isEqualTo(REQUEST);
  }

  @Test
  void whatIsDeniedDoesNotRun() {
    ToolTurn turn =
        dispatcher(
                Set.of(tickets),
                policy(Rule.of(Mode.ASK)),
                new ScriptedApprover(Verdict.DENY, clock))
            .turn(caller(), REQUEST, "t");
    assertThat(run(turn, ticket()).getFirst().text()).contains("The test says no.");
    assertThat(tickets.calls()).isEmpty();
  }

  @Test
  void whatIsDeferredWaitsAndSoDoesAllThatFollows() {
    var approver = new ScriptedApprover(Verdict.DEFER, clock);
    ToolTurn turn =
        dispatcher(Set.of(tickets), policy(Rule.of(Mode.ASK)), approver)
            .turn(caller(), REQUEST, "t");
    ToolTurn.Round round = turn.run(TestScopes.scope(), List.of(ticket(), ticket()), events::add);
    assertThat(round.pending()).isNotNull();
    assertThat(approver.asked()).hasSize(1);
    assertThat(tickets.calls()).isEmpty();
  }

  @Test
  void aDryRunDoesNothing() {
    assertThat(run(turn(Mode.DRY_RUN, REQUEST), ticket()).getFirst().text())
        .startsWith("Dry run: nothing was done.");
    assertThat(tickets.calls()).isEmpty();
    assertThat(logged("create_ticket").getFirst().outcome()).isEqualTo("dry run");
  }

  @Test
  void oneRequestIsOneActionForEachTarget() {
    ToolTurn turn = turn(Mode.ALLOW, "Create tickets in OPS and WEB for ann.");
    run(
        turn,
        ticket(),
        named("2", "create_ticket", "{'project': 'OPS', 'title': 'other', 'assignee': 'ann'}"),
        named("3", "create_ticket", "{'project': 'WEB', 'title': 'other'}"));
    assertThat(tickets.calls())
        .extracting(call -> call.values().get("project"))
        .containsExactly(Json.of("OPS"), Json.of("WEB"));
  }

  @Test
  void anotherTryOfTheTurnDoesNotActAgain() {
    run(turn(Mode.ALLOW, REQUEST), ticket());
    List<ToolResult> again = run(turn(Mode.ALLOW, REQUEST), ticket());
    assertThat(tickets.calls()).hasSize(1);
    assertThat(again.getFirst().text()).contains("was begun before");
    assertThat(
            ledger
                .counters(TestScopes.scope(), Users.ledgerPrefix(TestScopes.USER), Cursor.START)
                .items())
        .hasSize(1);
  }

  @Test
  void whatSurelyFailedMayBeTriedAgain() {
    var outcomes =
        new ArrayList<ToolOutcome>(
            List.of(new ToolOutcome.Failure("no such assignee"), new ToolOutcome.Success("ok")));
    ScriptedTool tool = ScriptedTool.tickets((scope, call) -> outcomes.removeFirst());
    ToolTurn turn =
        dispatcher(Set.of(tool), policy(Rule.of(Mode.ALLOW)), Approver.denyAll())
            .turn(caller(), REQUEST, "t");
    assertThat(run(turn, ticket()).getFirst().text()).isEqualTo("no such assignee");
    assertThat(run(turn, ticket()).getFirst().text()).isEqualTo("ok");
    assertThat(tool.calls())
        .extracting(ToolArguments::idempotencyKey)
        .containsExactly(
            tool.calls().get(1).idempotencyKey(), tool.calls().get(0).idempotencyKey());
  }

  @Test
  void whatMayHaveBeenDoneIsNotTriedAgain() {
    ScriptedTool tool =
        ScriptedTool.tickets((scope, call) -> {
          throw new Unavailable("The reply was lost.");
        });
    ToolDispatcher dispatcher =
        dispatcher(Set.of(tool), policy(Rule.of(Mode.ALLOW)), Approver.denyAll());
    assertThat(run(dispatcher.turn(caller(), REQUEST, "t"), ticket()).getFirst().text())
        .startsWith("The reply was lost. It may have been done");
    run(dispatcher.turn(caller(), REQUEST, "t"), ticket());
    assertThat(tool.calls()).hasSize(1);
  }

  @Test
  void twoToolsOfOneNameOrASchemaThatIsNotCheckedAreRefused() {
    ScriptedTool same =
        ScriptedTool.reading("look_up", (scope, call) -> new ToolOutcome.Success(""));
    assertThatThrownBy(
            () -> dispatcher(Set.of(lookUp, same), ActionPolicy.NONE, Approver.denyAll()))
        .hasMessageContaining("look_up");
  }

  private ToolTurn turn(Mode mode, String message) {
    return turn(Rule.of(mode), message);
  }

  private ToolTurn turn(Rule rule, String message) {
    return dispatcher(Set.of(lookUp, tickets), policy(rule), Approver.denyAll())
        .turn(caller(), message, "turn");
  }

  private ToolDispatcher dispatcher(
      Set<ScriptedTool> tools, ActionPolicy policy, Approver approver) {
    return new ToolDispatcher(
        new Tools(ScriptedTool.ports(tools), policy, approver, ToolLimits.DEFAULTS),
        log,
        ledger,
        AllowedHosts.NONE,
        clock);
  }

  private static ActionPolicy policy(Rule rule) {
    return new ActionPolicy(Map.of("create_ticket", rule));
  }

  private List<ToolResult> run(ToolTurn turn, ToolCall... calls) {
    return turn.run(TestScopes.scope(), List.of(calls), events::add).results();
  }

  private List<ToolLogEntry> logged(String tool) {
    return log.page(TestScopes.scope(), tool, Cursor.START).items();
  }

  private static Caller caller() {
    return TestScopes.scope().caller();
  }

  private static ToolCall ticket() {
    return call("create_ticket", "{'project': 'OPS', 'title': 'x'}");
  }

  private static ToolCall call(String tool, String arguments) {
    return named("id", tool, arguments);
  }

  private static ToolCall named(String id, String tool, String arguments) {
    return new ToolCall(id, tool, ScriptedTool.schema(arguments));
  }
}
