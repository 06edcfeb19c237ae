package io.kass.core.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kass.core.chunking.Chunkers;
import io.kass.ports.CallScope;
import io.kass.ports.Json;
import io.kass.ports.Metadata;
import io.kass.ports.TestClock;
import io.kass.ports.TestScopes;
import io.kass.ports.UserId;
import io.kass.ports.backend.Backend;
import io.kass.ports.backend.BackendName;
import io.kass.ports.backend.Closer;
import io.kass.ports.backend.Inspection;
import io.kass.ports.cache.CachedAnswer;
import io.kass.ports.cache.InMemoryAnswerCache;
import io.kass.ports.chat.ChatModel;
import io.kass.ports.conversation.ConversationId;
import io.kass.ports.conversation.InMemoryConversationLog;
import io.kass.ports.conversation.Turn;
import io.kass.ports.document.InMemoryDocumentStore;
import io.kass.ports.embedding.HashingEmbeddingModel;
import io.kass.ports.error.KassException.Cancelled;
import io.kass.ports.index.InMemoryChunkIndex;
import io.kass.ports.ledger.InMemoryLedger;
import io.kass.ports.tool.AgentState;
import io.kass.ports.tool.InMemoryAgentStates;
import io.kass.ports.tool.InMemoryToolLog;
import io.kass.ports.tool.ToolLogEntry;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UsersTest {
  private static final UserId ANN = new UserId("ann");
  private static final UserId BOB = new UserId("bob");

  private final TestClock clock = new TestClock();
  private final CallScope scope = TestScopes.scope();
  private final HashingEmbeddingModel model = HashingEmbeddingModel.ofDimension(16);
  private final Backend backend =
      new Backend(
          BackendName.EMBEDDED,
          ChatModel.none(),
          model,
          new InMemoryChunkIndex(model.info().id(), 16, Chunkers.defaults().id()),
          new InMemoryDocumentStore(clock),
          new InMemoryConversationLog(),
          new InMemoryAnswerCache(clock),
          new InMemoryAgentStates(clock),
          new InMemoryToolLog(),
          new InMemoryLedger(clock),
          Inspection.none(),
          new Closer());
  private final Users users = new Users(backend);

  @Test
  void erasesAllThatIsHeldOfAUserAndNothingElse() {
    keep(ANN, 3);
    keep(BOB, 1);
    var held = new Held(6, 3, 3, 3, 3, 3);
    assertThat(users.held(scope, ANN)).isEqualTo(held);
    assertThat(held.total()).isEqualTo(21);

    assertThat(users.erase(scope, ANN)).isEqualTo(held);

    assertThat(users.held(scope, ANN).total()).isZero();
    assertThat(users.erase(scope, ANN).total()).isZero();
    assertThat(users.held(scope, BOB)).isEqualTo(new Held(2, 1, 1, 1, 1, 1));
  }

  @Test
  void eraseMoreThanAPageOfTheLedger() {
    for (int i = 0; i < 250; i++) {
      count(ANN, "quota " + i);
      backend.ledger().compareAndSet(scope, Users.ledgerPrefix(ANN) + i, 0, "value", null);
    }
    assertThat(users.erase(scope, ANN)).isEqualTo(new Held(0, 0, 0, 0, 250, 250));
    assertThat(users.held(scope, ANN).total()).isZero();
  }

  @Test
  void goesOnWhereItWasInterrupted() {
    keep(ANN, 3);
    CallScope ended = TestScopes.scope();
    backend.conversations().deleteUser(scope, ANN);
    ended.cancellation().cancel();
    assertThatThrownBy(() -> users.erase(ended, ANN)).isInstanceOf(Cancelled.class);
    assertThat(users.erase(scope, ANN)).isEqualTo(new Held(0, 3, 3, 3, 3, 3));
  }

  @Test
  void noPrefixIsTheBeginningOfAnothers() {
    assertThat(Users.ledgerPrefix(new UserId("a/b")))
        .doesNotStartWith(Users.ledgerPrefix(new UserId("a")));
    assertThat(Users.ledgerPrefix(ANN)).doesNotContain("ann");
  }

  private void keep(UserId user, int count) {
    for (int i = 0; i < count; i++) {
      String id = user.value() + " " + i;
      backend
          .conversations()
          .append(
              scope,
              new Turn(
                  id,
                  new ConversationId("shared"),
                  user,
                  "question",
                  "answer",
                  clock.instant(),
                  Metadata.EMPTY));
      backend
          .toolLog()
          .append(
              scope,
              new ToolLogEntry(
                  id, "tool", user, "turn", "{}", true, "done", clock.instant(), Duration.ZERO));
      var json = new Json.Obj(Map.of());
      backend
          .states()
          .compareAndSet(
              scope, new AgentState("agent", id, user, json, 1, clock.instant().plusSeconds(60)));
      backend.cache().put(scope, new CachedAnswer(id, user, json, clock.instant().plusSeconds(60)));
      count(user, "quota " + i);
      backend.ledger().compareAndSet(scope, Users.ledgerPrefix(user) + i, 0, "value", null);
    }
    backend.ledger().add(scope, "quota of all", 1, 10, clock.instant().plusSeconds(60));
  }

  private void count(UserId user, String what) {
    backend
        .ledger()
        .add(scope, Users.ledgerPrefix(user) + what, 1, 10, clock.instant().plusSeconds(60));
  }
}
