package io.kass.core.assistant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.kass.core.chunking.Chunkers;
import io.kass.core.ingestion.Ingestion;
import io.kass.core.ingestion.IngestionListener;
import io.kass.core.ingestion.IngestionSettings;
import io.kass.core.retrieval.Retrieval;
import io.kass.core.safety.AllowedHosts;
import io.kass.core.tool.ToolDispatcher;
import io.kass.core.tool.Tools;
import io.kass.core.users.Held;
import io.kass.core.users.Users;
import io.kass.ports.Audience;
import io.kass.ports.CallScope;
import io.kass.ports.Caller;
import io.kass.ports.Cancellation;
import io.kass.ports.Json;
import io.kass.ports.Obstructed;
import io.kass.ports.TestClock;
import io.kass.ports.TestScopes;
import io.kass.ports.UserId;
import io.kass.ports.assistant.Answer;
import io.kass.ports.assistant.AnswerEvent;
import io.kass.ports.assistant.AnswerListener;
import io.kass.ports.assistant.Citation;
import io.kass.ports.assistant.Question;
import io.kass.ports.backend.Backend;
import io.kass.ports.backend.BackendName;
import io.kass.ports.backend.Closer;
import io.kass.ports.backend.Inspection;
import io.kass.ports.cache.AnswerCache;
import io.kass.ports.cache.InMemoryAnswerCache;
import io.kass.ports.chat.ChatListener;
import io.kass.ports.chat.ChatMessage;
import io.kass.ports.chat.ChatModel;
import io.kass.ports.chat.ChatReply;
import io.kass.ports.chat.ChatRequest;
import io.kass.ports.chat.ScriptedChatModel;
import io.kass.ports.chat.StopReason;
import io.kass.ports.chat.TokenUsage;
import io.kass.ports.conversation.ConversationId;
import io.kass.ports.conversation.ConversationLog;
import io.kass.ports.conversation.InMemoryConversationLog;
import io.kass.ports.conversation.Message;
import io.kass.ports.document.InMemoryDocumentStore;
import io.kass.ports.document.Locator;
import io.kass.ports.document.PlainTextReader;
import io.kass.ports.embedding.HashingEmbeddingModel;
import io.kass.ports.error.KassException;
import io.kass.ports.error.KassException.Cancelled;
import io.kass.ports.error.KassException.Misconfigured;
import io.kass.ports.error.KassException.Throttled;
import io.kass.ports.error.KassException.Unavailable;
import io.kass.ports.index.ChunkIndex;
import io.kass.ports.index.Filter;
import io.kass.ports.index.InMemoryChunkIndex;
import io.kass.ports.ledger.InMemoryLedger;
import io.kass.ports.tool.InMemoryAgentStates;
import io.kass.ports.tool.InMemoryToolLog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class KassAssistantTest {
  private static final ConversationId CONVERSATION = new ConversationId("conv-1");

  private final TestClock clock = new TestClock();
  private final HashingEmbeddingModel model = HashingEmbeddingModel.ofDimension(256);
  private final InMemoryDocumentStore documents = new InMemoryDocumentStore(clock);
  private ConversationLog conversations = new InMemoryConversationLog();
  private final InMemoryLedger ledger = new InMemoryLedger(clock);
  private final InMemoryToolLog toolLog = new InMemoryToolLog();
  private final AtomicInteger turns = new AtomicInteger();
  private final ScriptedChatModel chat = ScriptedChatModel.create();
  private AnswerCache cache = AnswerCache.none();
  private final Tools tools = Tools.NONE;
  private AnswerLimits limits = limits(0, 0, 0);
  private Prices prices = Prices.UNKNOWN;
  private final InMemoryChunkIndex index =
      new InMemoryChunkIndex(model.info().id(), 256, Chunkers.defaults().id());
  private ChunkIndex searched = index;

  @BeforeEach
  void ingest() {
    documents.put(
        "/docs/retention.txt",
        "Retention\n\nInvoices go to the archive.\nAudit logs are kept for seven years.\n");
    documents.put("/docs/backup.txt", "Backups run every night at two.\n");
    documents.put("/board/pay.txt", "The board pays bonuses in December.\n");
    ingest("/docs/", Audience.EVERYONE);
    ingest("/board/", Audience.of(Set.of("board")));
  }

  @Test
  void quotesTheSentenceAndSaysWhereItStands() {
    Answer answer = ask("How long are audit logs kept?");
    assertThat(answer).isInstanceOf(Answer.Given.class);
    var given = (Answer.Given) answer;
    assertThat(given.kind()).isEqualTo(Answer.Kind.QUOTES);
    Citation first = given.citations().getFirst();
    assertThat(first.quote()).contains("Audit logs are kept for seven years.");
    assertThat(first.document().value()).isEqualTo("/docs/retention.txt");
    assertThat(first.place().locator()).isEqualTo(new Locator.Lines(4, 4));
    assertThat(given.text()).contains(first.quote() + " [1]");
  }

  @Test
  void quotesAreTheDocumentsOwnWords() {
    var given = (Answer.Given) ask("When do backups run?");
    for (Citation citation : given.citations()) {
      assertThat(given.trace().retrieved())
          .anyMatch(passage ->
              passage.chunk().key().equals(citation.chunk())
                  && passage.chunk().chunk().passage().contains(citation.quote()));
    }
  }

  @Test
  void remembersTheTurnWhole() {
    Answer answer = ask("How long are audit logs kept?");
    assertThat(conversations.last(TestScopes.scope(), CONVERSATION, 10))
        .extracting(Message::content)
        .containsExactly("How long are audit logs kept?", ((Answer.Given) answer).text());
  }

  @Test
  void declinesWhenNothingIsThere() {
    Answer answer = ask("xylophone zebra");
    assertThat(answer).isInstanceOf(Answer.Declined.class);
    assertThat(conversations.last(TestScopes.scope(), CONVERSATION, 10)).hasSize(2);
  }

  @Test
  void neverShowsWhatTheCallerMayNotSee() {
    assertThat(ask("When does the board pay bonuses?").trace().retrieved())
        .noneMatch(passage -> passage.chunk().chunk().document().value().startsWith("/board/"));
    var member = new Caller(new UserId("member"), Audience.of(Set.of("board")));
    CallScope scope = new CallScope(member, Instant.MAX, new Cancellation(), "test");
    assertThat(
            assistant(ChatModel.none())
                .ask(
                    scope,
                    new Question(
                        new ConversationId("theirs"),
                        "When does the board pay bonuses?",
                        Filter.all()),
                    event -> {}))
        .isInstanceOf(Answer.Given.class);
  }

  @Test
  void onlyTheDocumentsAskedForCount() {
    Answer answer =
        assistant(ChatModel.none())
            .ask(
                TestScopes.scope(),
                new Question(
                    CONVERSATION,
                    "How long are audit logs kept?",
                    Filter.documentsUnder("/docs/backup")),
                event -> {});
    assertThat(answer.trace().retrieved())
        .allMatch(p -> p.chunk().chunk().document().value().equals("/docs/backup.txt"));
  }

  @Test
  void tellsWhatItRetrievedBeforeItAnswers() {
    var events = new ArrayList<AnswerEvent>();
    assistant(ChatModel.none())
        .ask(TestScopes.scope(), question("How long are audit logs kept?"), events::add);
    assertThat(events).hasSize(2);
    assertThat(events.getFirst()).isInstanceOf(AnswerEvent.Retrieved.class);
    assertThat(events.getLast()).isInstanceOf(AnswerEvent.Text.class);
  }

  @Test
  void anAnswerThatCannotBeWrittenDownIsGivenAndTheReasonTold() {
    for (KassException failure :
        List.of(
            new Unavailable("full"),
            new Misconfigured("damaged"),
            new Throttled("busy", Duration.ofSeconds(1)))) {
      conversations =
          Obstructed.failing(
              ConversationLog.class, new InMemoryConversationLog(), "append", failure);
      var events = new ArrayList<AnswerEvent>();
      Answer answer =
          assistant(ChatModel.none())
              .ask(TestScopes.scope(), question("When do backups run?"), events::add);
      assertThat(answer).isInstanceOf(Answer.Given.class);
      assertThat(events).endsWith(new AnswerEvent.Unrecorded(failure.getMessage()));
    }
  }

  @Test
  void anInterruptedQuestionHasNoAnswer() {
    conversations =
        Obstructed.failing(
            ConversationLog.class,
            new InMemoryConversationLog(),
            "append",
            new Cancelled("interrupted"));
    assertThatThrownBy(() -> ask("When do backups run?")).isInstanceOf(Cancelled.class);
  }

  @Test
  void keepsAnAnswerThatWasStoppedAsFarAsItCame() {
    CallScope scope = TestScopes.scope();
    assertThatThrownBy(() ->
            assistant(stoppedAfter("For seven", " years"))
                .ask(scope, question("How long are audit logs kept?"), event -> {}))
        .isInstanceOf(Cancelled.class);
    assertThat(conversations.last(TestScopes.scope(), CONVERSATION, 10))
        .extracting(Message::content, KassAssistantTest::outcome)
        .containsExactly(
            tuple("How long are audit logs kept?", ""), tuple("For seven years", "stopped"));
  }

  @Test
  void keepsNothingOfAnAnswerThatWasStoppedBeforeItsFirstWord() {
    assertThatThrownBy(() ->
            assistant(stoppedAfter("  "))
                .ask(TestScopes.scope(), question("How long are audit logs kept?"), event -> {}))
        .isInstanceOf(Cancelled.class);
    assertThat(conversations.last(TestScopes.scope(), CONVERSATION, 10)).isEmpty();
  }

  @Test
  void keepsAnAnswerThatWasWholeWhenItWasStopped() {
    CallScope scope = TestScopes.scope();
    assertThatThrownBy(() ->
            assistant(ChatModel.none())
                .ask(
                    scope,
                    question("How long are audit logs kept?"),
                    event -> {
                      if (event instanceof AnswerEvent.Text) {
                        scope.cancellation().cancel();
                      }
                    }))
        .isInstanceOf(Cancelled.class);
    assertThat(conversations.last(TestScopes.scope(), CONVERSATION, 10))
        .extracting(KassAssistantTest::outcome)
        .containsExactly("", "stopped");
  }

  @Test
  void historyAndRetrievalAreReadAtOnce() {
    // Each waits for the other to have begun.
    var both = new CyclicBarrier(2);
    conversations =
        Obstructed.before(ConversationLog.class, conversations, "last", () -> meet(both));
    searched = Obstructed.before(ChunkIndex.class, index, "search", () -> meet(both));
    assertThat(ask("How long are audit logs kept?")).isInstanceOf(Answer.Given.class);
    both.reset();
    cache = new InMemoryAnswerCache(clock);
    assertThat(ask(chat.say("Seven years [1]."), "Where do invoices go?"))
        .isInstanceOf(Answer.Given.class);
  }

  private static void meet(CyclicBarrier both) {
    try {
      both.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new AssertionError("one began only after the other had ended", e);
    }
  }

  @Test
  void aQuestionThatLeansOnTheLastOneIsSearchedForByItself() {
    ask("How long are audit logs kept?");
    Answer answer = ask("And why?");
    assertThat(answer.trace().searched()).isEqualTo("How long are audit logs kept?\nAnd why?");

    chat.say("Why are audit logs kept for seven years?").say("By law [1].");
    Answer written = ask(chat, "And why?");
    assertThat(written.trace().searched()).isEqualTo("Why are audit logs kept for seven years?");
    assertThat(chat.requests().getFirst().system()).isEqualTo(Prompt.REWRITE);
    assertThat(chat.requests().getLast().system()).isEqualTo(Prompt.ANSWER);
    assertThat(written.trace().iterations()).isEqualTo(1);
  }

  @Test
  void aModelThatCannotRewriteDoesNotEndTheTurn() {
    ask("How long are audit logs kept?");
    chat.fail(new Unavailable("down")).say("By law [1].");
    assertThat(ask(chat, "And why?").trace().searched()).endsWith("kept?\nAnd why?");
  }

  @Test
  void greetingsAreNotSearchedFor() {
    searched =
        Obstructed.failing(
            ChunkIndex.class, index, "search", new IllegalStateException("searched"));
    var quoted = (Answer.Given) ask("Hello!");
    assertThat(quoted.kind()).isEqualTo(Answer.Kind.PLAIN);
    var written = (Answer.Given) ask(chat.say("Hi there."), "こんにちは");
    assertThat(written.kind()).isEqualTo(Answer.Kind.PLAIN);
    assertThat(chat.requests().getFirst().system()).isEqualTo(Prompt.TALK);
  }

  @Test
  void theFirstQuestionOfAnotherConversationIsAnsweredFromTheCache() {
    cache = new InMemoryAnswerCache(clock);
    Answer first = ask(chat.say("Seven years [1]."), in("a", "How long are audit logs kept?"));
    Answer.Given again = (Answer.Given) ask(chat, in("b", " How long are  audit logs kept ? "));
    assertThat(again.cached()).isTrue();
    assertThat(again.text()).isEqualTo("Seven years [1].");
    assertThat(again.citations()).isEqualTo(((Answer.Given) first).citations());
    assertThat(again.trace().usage()).isEqualTo(TokenUsage.NONE);
    assertThat(chat.requests()).hasSize(1);
    assertThat(conversations.last(TestScopes.scope(), new ConversationId("b"), 9)).hasSize(2);
  }

  @Test
  void nothingElseIsAnsweredFromTheCache() {
    cache = new InMemoryAnswerCache(clock);
    chat.say("Seven years [1].");
    String text = "How long are audit logs kept?";
    ask(chat, in("a", text));
    ask(chat, in("a", text));
    assertThat(chat.requests()).as("it is not the first question").hasSize(2);
    ask(chat, new Question(new ConversationId("c"), text, Filter.documentsUnder("/docs/")));
    assertThat(chat.requests()).as("another filter").hasSize(3);
    var member = new Caller(new UserId("member"), Audience.of(Set.of("board")));
    assistant(chat)
        .ask(new CallScope(member, Instant.MAX, new Cancellation(), "t"), in("d", text), e -> {});
    assertThat(chat.requests()).as("another audience").hasSize(4);
    documents.put("/docs/other.txt", "Tea is at four.\n");
    ingest("/docs/", Audience.EVERYONE);
    ask(chat, in("e", text));
    assertThat(chat.requests()).as("another document").hasSize(5);
    clock.advance(Duration.ofHours(2));
    ask(chat, in("f", text));
    assertThat(chat.requests()).as("too old").hasSize(6);
  }

  @Test
  void answersThatRestOnNothingAreNotCached() {
    cache = new InMemoryAnswerCache(clock);
    chat.say("Seven years.");
    ask(chat, in("a", "How long are audit logs kept?"));
    ask(chat, in("b", "How long are audit logs kept?"));
    assertThat(chat.requests()).hasSize(2);
  }

  @Test
  void whatIsHeldOfAUserIsErased() {
    cache = new InMemoryAnswerCache(clock);
    limits = limits(9, 900, 0);
    ask(chat.say("Seven years [1]."), in("a", "How long are audit logs kept?"));
    var users = new Users(backend(chat));
    assertThat(users.erase(TestScopes.scope(), TestScopes.USER))
        .extracting(Held::messages, Held::cachedAnswers, Held::counters)
        .containsExactly(2L, 1L, 2L);
    assertThat(users.held(TestScopes.scope(), TestScopes.USER).total()).isZero();
  }

  @Test
  @Tag("A13")
  void aUserHasSoManyQuestionsADay() {
    limits = limits(2, 0, 0);
    ask("How long are audit logs kept?");
    ask("Where do invoices go?");
    assertThatThrownBy(() -> ask("When do backups run?"))
        .isInstanceOfSatisfying(
            Throttled.class,
            throttled -> assertThat(throttled.retryAfter()).isEqualTo(Duration.parse("PT14H30M")))
        .hasMessageContaining("Today's limit of questions is reached");
    assertThat(conversations.last(TestScopes.scope(), CONVERSATION, 9)).hasSize(4);
    assistant(ChatModel.none())
        .ask(TestScopes.scope(new UserId("bob")), in("bobs", "When do backups run?"), e -> {});
    clock.advance(Duration.ofHours(15));
    ask("When do backups run?");
  }

  @Test
  @Tag("A13")
  void aUserHasSoManyTokensAndSoMuchMoneyADay() {
    var reply = new ChatMessage.FromModel("Seven years [1].", List.of());
    chat.reply(new ChatReply(reply, new StopReason.EndTurn(), new TokenUsage(100, 200, 50)));
    limits = limits(0, 350, 0);
    ask(chat, "How long are audit logs kept?");
    assertThatThrownBy(() -> ask(chat, "Where do invoices go?")).hasMessageContaining("tokens");

    limits = limits(0, 0, 0.0006);
    assertThatThrownBy(() -> ask(chat, "Where do invoices go?"))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining("no price is known for the model 'scripted'");
    prices = Prices.parse(List.of("scripted 2026-01-01 1.00 0.10 5.00"));
    assertThat(ask(chat, "Where do invoices go?").trace().cost()).isEqualByComparingTo("0.00046");
    ask(chat, "When do backups run?");
    assertThatThrownBy(() -> ask(chat, "When do backups run?")).hasMessageContaining("cost");
  }

  @Test
  @Tag("B4")
  void aTurnThatFailedIsKeptAndTheNextOneWorks() {
    chat.fail(new Unavailable("CANARY")).say("Seven years [1].");
    assertThatThrownBy(() -> ask(chat, "How long are audit logs kept?"))
        .isInstanceOf(Unavailable.class);
    assertThat(conversations.last(TestScopes.scope(), CONVERSATION, 9))
        .extracting(Message::content, KassAssistantTest::outcome)
        .containsExactly(
            tuple("How long are audit logs kept?", ""),
            tuple("No answer: a service could not be reached.", "failed"));
    assertThat(ask(chat, "How long are audit logs kept?")).isInstanceOf(Answer.Given.class);
    assertThat(chat.requests().getLast().messages()).hasSize(1);
  }

  @Test
  @Tag("A13")
  void whatATurnCostThatFailedCountsToo() {
    limits = limits(0, 350, 0);
    var asking =
        new ChatMessage.FromModel(
            "", List.of(new ChatMessage.ToolCall("1", "none", new Json.Obj(Map.of()))));
    chat.reply(new ChatReply(asking, new StopReason.ToolUse(), new TokenUsage(100, 200, 50)))
        .fail(new Unavailable("down"));
    assertThatThrownBy(() -> ask(chat, "Where do invoices go?")).hasMessage("down");
    assertThatThrownBy(() -> ask(chat, "Where do invoices go?")).hasMessageContaining("tokens");
  }

  @Test
  @Tag("B4")
  void aFaultIsKeptAsOne() {
    AnswerListener gone =
        event -> {
          throw new IllegalStateException("CANARY");
        };
    assertThatThrownBy(
            () -> assistant(chat).ask(TestScopes.scope(), question("Where do invoices go?"), gone))
        .isInstanceOf(IllegalStateException.class);
    assertThat(conversations.last(TestScopes.scope(), CONVERSATION, 9))
        .extracting(Message::content)
        .containsExactly("Where do invoices go?", "No answer: a fault.");
  }

  @Test
  void anothersConversationIsNotThere() {
    ask("How long are audit logs kept?");
    var bob = TestScopes.scope(new UserId("bob"));
    for (ChatModel model : List.of(ChatModel.none(), chat)) {
      assertThatThrownBy(
              () -> assistant(model).ask(bob, question("What did I just ask?"), event -> {}))
          .isInstanceOf(KassException.NotFound.class)
          .hasMessage("There is no conversation 'conv-1'.");
    }
    assertThat(conversations.last(TestScopes.scope(), CONVERSATION, 9)).hasSize(2);
    assertThat(chat.requests()).isEmpty();
  }

  @Test
  void aCallThatIsCalledOffReachesTheModel() {
    chat.hangAfter("For seven");
    CallScope scope = TestScopes.scope();
    assertThatThrownBy(() ->
            assistant(chat)
                .ask(
                    scope,
                    question("How long are audit logs kept?"),
                    event -> {
                      if (event instanceof AnswerEvent.Text) {
                        scope.cancellation().cancel();
                      }
                    }))
        .isInstanceOf(Cancelled.class);
  }

  private static Question in(String conversation, String text) {
    return new Question(new ConversationId(conversation), text, Filter.all());
  }

  /** A model whose caller calls it off after these words. */
  private static ChatModel stoppedAfter(String... pieces) {
    return new ChatModel() {
      @Override
      public String id() {
        return "stopped";
      }

      @Override
      public ChatReply chat(CallScope scope, ChatRequest request, ChatListener listener) {
        List.of(pieces).forEach(listener::text);
        scope.cancellation().cancel();
        throw new Cancelled("The call was cancelled.");
      }
    };
  }

  private static String outcome(Message message) {
    return message.metadata().get("outcome") instanceof Json.Text(String outcome) ? outcome : "";
  }

  /** Fakes that go by the clock on the wall have time, too. */
  private static AnswerLimits limits(long questions, long tokens, double cost) {
    return new AnswerLimits(10, Duration.ofDays(36_500), 200_000, questions, tokens, cost);
  }

  private Answer ask(String text) {
    return ask(ChatModel.none(), text);
  }

  private Answer ask(ChatModel model, String text) {
    return ask(model, question(text));
  }

  private Answer ask(ChatModel model, Question question) {
    return assistant(model).ask(TestScopes.scope(), question, event -> {});
  }

  private static Question question(String text) {
    return new Question(CONVERSATION, text, Filter.all());
  }

  private Backend backend(ChatModel chat) {
    return new Backend(
        BackendName.EMBEDDED,
        chat,
        model,
        searched,
        documents,
        conversations,
        cache,
        new InMemoryAgentStates(clock),
        toolLog,
        ledger,
        Inspection.none(),
        new Closer());
  }

  private KassAssistant assistant(ChatModel chat) {
    return new KassAssistant(
        backend(chat),
        new Retrieval(searched, model),
        new ToolDispatcher(tools, toolLog, ledger, AllowedHosts.NONE, clock),
        clock,
        () -> "turn-" + turns.incrementAndGet(),
        AssistantSettings.DEFAULTS,
        limits,
        prices);
  }

  private void ingest(String prefix, Audience audience) {
    new Ingestion(
            index,
            model,
            ledger,
            new PlainTextReader("plain-1"),
            Chunkers.defaults(),
            clock,
            IngestionSettings.DEFAULTS)
        .run(TestScopes.scope(), documents, prefix, audience, IngestionListener.none());
  }
}
