package io.kass.core.assistant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.kass.core.chunking.Chunkers;
import io.kass.core.ingestion.Ingestion;
import io.kass.core.ingestion.IngestionListener;
import io.kass.core.ingestion.IngestionSettings;
import io.kass.core.retrieval.Retrieval;
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
import io.kass.ports.assistant.Citation;
import io.kass.ports.assistant.Question;
import io.kass.ports.backend.Backend;
import io.kass.ports.backend.BackendName;
import io.kass.ports.backend.Closer;
import io.kass.ports.backend.Inspection;
import io.kass.ports.cache.AnswerCache;
import io.kass.ports.chat.ChatListener;
import io.kass.ports.chat.ChatModel;
import io.kass.ports.chat.ChatReply;
import io.kass.ports.chat.ChatRequest;
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
import io.kass.ports.index.Filter;
import io.kass.ports.index.InMemoryChunkIndex;
import io.kass.ports.ledger.InMemoryLedger;
import io.kass.ports.tool.InMemoryAgentStates;
import io.kass.ports.tool.InMemoryToolLog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KassAssistantTest {
  private static final ConversationId CONVERSATION = new ConversationId("conv-1");

  private final TestClock clock = new TestClock();
  private final HashingEmbeddingModel model = HashingEmbeddingModel.ofDimension(256);
  private final InMemoryDocumentStore documents = new InMemoryDocumentStore(clock);
  private ConversationLog conversations = new InMemoryConversationLog();
  private final InMemoryLedger ledger = new InMemoryLedger(clock);
  private final InMemoryChunkIndex index =
      new InMemoryChunkIndex(model.info().id(), 256, Chunkers.defaults().id());

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
                .ask(scope, question("When does the board pay bonuses?"), event -> {}))
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

  private Answer ask(String text) {
    return assistant(ChatModel.none()).ask(TestScopes.scope(), question(text), event -> {});
  }

  private static Question question(String text) {
    return new Question(CONVERSATION, text, Filter.all());
  }

  private KassAssistant assistant(ChatModel chat) {
    var turns = new AtomicInteger();
    var backend =
        new Backend(
            BackendName.EMBEDDED,
            chat,
            model,
            index,
            documents,
            conversations,
            AnswerCache.none(),
            new InMemoryAgentStates(clock),
            new InMemoryToolLog(),
            ledger,
            Inspection.none(),
            new Closer());
    return new KassAssistant(
        backend,
        new Retrieval(index, model),
        clock,
        () -> "turn-" + turns.incrementAndGet(),
        AssistantSettings.DEFAULTS);
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
