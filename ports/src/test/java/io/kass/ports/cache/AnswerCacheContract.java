package io.kass.ports.cache;

import static io.kass.ports.TestScopes.scope;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kass.ports.CallScope;
import io.kass.ports.Json;
import io.kass.ports.TestClock;
import io.kass.ports.TestScopes;
import io.kass.ports.UserId;
import io.kass.ports.error.KassException.Cancelled;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What every answer cache that keeps anything does. */
public abstract class AnswerCacheContract {
  private static final UserId ANN = new UserId("ann");
  private static final UserId BOB = new UserId("bob");

  /** The clock of the caches under test. */
  protected final TestClock clock = new TestClock();

  private final CallScope scope = scope();

  /** A cache over this test's storage; each call stands for another process with the same one. */
  protected abstract AnswerCache open(InstantSource clock);

  private AnswerCache open() {
    return open(clock);
  }

  @Test
  void knowsNothingAtFirst() {
    assertThat(open().get(scope, "key")).isNull();
    assertThat(open().countUser(scope, ANN)).isZero();
    assertThat(open().deleteUser(scope, ANN)).isZero();
  }

  @Test
  void givesBackWhatWasPutAsItWas() {
    CachedAnswer answer =
        new CachedAnswer(
            "key",
            ANN,
            new Json.Obj(
                Map.of(
                    "text", Json.of("It is \"so\"\n\u65E5\u672C \uD83D\uDE00 \uD83D \u0000"),
                    "score", Json.of(1.0),
                    "count", Json.of(Long.MIN_VALUE),
                    "small", Json.of(Double.MIN_VALUE),
                    "none", new Json.Null(),
                    "list", new Json.Array(List.of(Json.of(true), new Json.Obj(Map.of()))))),
            clock.instant().plusSeconds(60));
    open().put(scope, answer);
    assertThat(open().get(scope, "key")).isEqualTo(answer);
    assertThat(open().get(scope, "KEY")).isNull();
  }

  @Test
  void replacesAnAnswer() {
    open().put(scope, answer("key", ANN, "old", 60));
    open().put(scope, answer("key", BOB, "new", 30));
    assertThat(open().get(scope, "key")).isEqualTo(answer("key", BOB, "new", 30));
    assertThat(open().deleteUser(scope, ANN)).isZero();
  }

  @Test
  @Tag("C3")
  void neverShowsAnExpiredAnswer() {
    open().put(scope, answer("key", ANN, "text", 60));
    open().put(scope, answer("born expired", ANN, "text", 0));
    assertThat(open().get(scope, "born expired")).isNull();
    clock.advance(Duration.ofSeconds(59));
    assertThat(open().get(scope, "key")).isNotNull();
    clock.advance(Duration.ofSeconds(1));
    assertThat(open().get(scope, "key")).isNull();
    open().put(scope, answer("key", ANN, "again", 60));
    assertThat(open().get(scope, "key")).isEqualTo(answer("key", ANN, "again", 60));
  }

  @Test
  void deletesTheAnswersOfAUser() {
    open().put(scope, answer("1", ANN, "text", 60));
    open().put(scope, answer("2", ANN, "text", 60));
    open().put(scope, answer("3", BOB, "text", 60));
    assertThat(open().countUser(scope, ANN)).isEqualTo(2);
    assertThat(open().deleteUser(scope, ANN)).isEqualTo(2);
    assertThat(open().countUser(scope, ANN)).isZero();
    assertThat(open().countUser(scope, BOB)).isEqualTo(1);
    assertThat(open().get(scope, "1")).isNull();
    assertThat(open().get(scope, "3")).isNotNull();
  }

  @Test
  @Tag("C3")
  void deletesExpiredAnswersOfAUserThatAreStillThere() {
    open().put(scope, answer("key", ANN, "text", 60));
    clock.advance(Duration.ofSeconds(60));
    long there = open().countUser(scope, ANN);
    assertThat(open().deleteUser(scope, ANN)).isEqualTo(there);
    assertThat(open().countUser(scope, ANN)).isZero();
  }

  @Test
  void doesNothingForAScopeThatEnded() {
    assertThatThrownBy(() -> open().put(TestScopes.cancelled(), answer("key", ANN, "text", 60)))
        .isInstanceOf(Cancelled.class);
    assertThat(open().get(scope, "key")).isNull();
  }

  private CachedAnswer answer(String key, UserId user, String text, int seconds) {
    return new CachedAnswer(
        key,
        user,
        new Json.Obj(Map.of("text", Json.of(text))),
        clock.instant().plusSeconds(seconds));
  }
}
