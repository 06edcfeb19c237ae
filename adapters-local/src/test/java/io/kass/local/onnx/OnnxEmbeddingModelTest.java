package io.kass.local.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kass.ports.CallScope;
import io.kass.ports.Caller;
import io.kass.ports.Language;
import io.kass.ports.TestScopes;
import io.kass.ports.embedding.EmbeddingModel;
import io.kass.ports.embedding.EmbeddingModelContract;
import io.kass.ports.embedding.Purpose;
import io.kass.ports.embedding.Vector;
import io.kass.ports.error.KassException.Cancelled;
import io.kass.ports.error.KassException.Unavailable;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OnnxEmbeddingModelTest extends EmbeddingModelContract {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final List<String> MANY = Collections.nCopies(2_000, "a text ".repeat(500));

  private Path assets = Path.of("");
  private OnnxEmbeddingModel shared = open(InstantSource.system());

  @BeforeAll
  void open() {
    assets = Fixtures.assets();
    shared = open(InstantSource.system());
  }

  @AfterAll
  void close() {
    shared.close();
  }

  @Override
  protected EmbeddingModel model() {
    return shared;
  }

  private OnnxEmbeddingModel open(InstantSource clock) {
    return OnnxEmbeddingModel.open(new OnnxConfig(assets, 2, false), clock);
  }

  @Test
  void saysWhatItIs() {
    assertThat(shared.info().id()).isEqualTo("e5-small-v2-q");
    assertThat(shared.info().dimension()).isEqualTo(384);
    assertThat(shared.info().maxTokens()).isEqualTo(512);
    assertThat(shared.info().languages()).containsExactly(Language.ENGLISH);
  }

  @Test
  void embedsQueriesOtherwiseThanPassages() {
    Vector query = embed(shared, Purpose.QUERY, "how do I reset my password");
    Vector passage = embed(shared, Purpose.PASSAGE, "how do I reset my password");

    assertThat(query).isNotEqualTo(passage);
  }

  @Test
  void findsAParaphraseWithoutACommonWord() {
    Vector query = embed(shared, Purpose.QUERY, "Who repairs broken bicycles?");
    Vector answer = embed(shared, Purpose.PASSAGE, "The workshop fixes damaged bikes for free.");
    Vector other = embed(shared, Purpose.PASSAGE, "The library opens at nine in the morning.");

    assertThat(query.dot(answer)).isGreaterThan(query.dot(other) + 0.03f);
  }

  @Test
  void givesTheSameBitsEachTime() {
    Vector first = embed(shared, Purpose.PASSAGE, "The same text again.");
    try (OnnxEmbeddingModel another = open(InstantSource.system())) {
      assertThat(embed(another, Purpose.PASSAGE, "The same text again.")).isEqualTo(first);
    }
    assertThat(
            shared
                .embed(
                    TestScopes.scope(),
                    Purpose.PASSAGE,
                    List.of("Another, first.", "The same text again."))
                .get(1))
        .isEqualTo(first);
  }

  @Test
  void stopsBetweenTextsWhenTheTimeHasPassed() {
    var asked = new AtomicInteger();
    InstantSource clock = () -> START.plusSeconds(asked.incrementAndGet());
    var scope =
        new CallScope(
            Caller.of(TestScopes.USER),
            START.plusSeconds(10),
            TestScopes.scope().cancellation(),
            "test");
    try (OnnxEmbeddingModel model = open(clock)) {
      assertThatThrownBy(() -> model.embed(scope, Purpose.PASSAGE, MANY))
          .isInstanceOf(Unavailable.class)
          .hasMessageContaining("time");
      assertThat(asked).hasValueLessThan(30);
    }
  }

  @Test
  void stopsWhenCancelledMidway() throws InterruptedException {
    CallScope scope = TestScopes.scope();
    try (OnnxEmbeddingModel model = open(InstantSource.system());
        var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> result = callers.submit(() -> model.embed(scope, Purpose.PASSAGE, MANY));
      embed(model, Purpose.QUERY, "a question beside it");

      scope.cancellation().cancel();

      assertThat(failure(result)).isInstanceOf(Cancelled.class);
    }
  }

  @Test
  void stopsWhenTheCallersThreadIsInterrupted() throws InterruptedException {
    try (OnnxEmbeddingModel model = open(InstantSource.system());
        var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      var interruptedAfterwards = new CountDownLatch(1);
      var caller =
          Thread.ofVirtual()
              .unstarted(() -> {
                try {
                  model.embed(TestScopes.scope(), Purpose.PASSAGE, MANY);
                } catch (Cancelled e) {
                  if (Thread.currentThread().isInterrupted()) {
                    interruptedAfterwards.countDown();
                  }
                }
              });
      caller.start();
      embed(model, Purpose.QUERY, "a question beside it");
      caller.interrupt();
      caller.join();

      assertThat(interruptedAfterwards.getCount()).isZero();
    }
  }

  @Test
  void closingWaitsForWhatRunsAndRefusesTheRest() throws InterruptedException {
    OnnxEmbeddingModel model = open(InstantSource.system());
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> ingestion =
          callers.submit(() -> model.embed(TestScopes.scope(), Purpose.PASSAGE, MANY));
      embed(model, Purpose.QUERY, "a question beside it");

      model.close();

      assertThat(failure(ingestion)).isInstanceOf(Unavailable.class).hasMessageContaining("closed");
      assertThatThrownBy(() -> embed(model, Purpose.QUERY, "too late"))
          .isInstanceOf(Unavailable.class)
          .hasMessageContaining("closed");
      model.close();
    }
  }

  @Test
  void closesWhileItLoads() {
    for (int i = 0; i < 3; i++) {
      OnnxEmbeddingModel.open(new OnnxConfig(assets, 1, true), InstantSource.system()).close();
    }
  }

  @Test
  void closesWithoutHavingBeenUsed() {
    OnnxEmbeddingModel model = open(InstantSource.system());

    model.close();
    model.close();
  }

  @Test
  void embedsWithOneWorker() {
    try (var model =
        OnnxEmbeddingModel.open(new OnnxConfig(assets, 1, true), InstantSource.system())) {
      assertThat(model.embed(TestScopes.scope(), Purpose.PASSAGE, List.of("a", "b", "c")))
          .hasSize(3);
    }
  }

  private static Vector embed(EmbeddingModel model, Purpose purpose, String text) {
    return model.embed(TestScopes.scope(), purpose, List.of(text)).get(0);
  }

  private static @Nullable Throwable failure(Future<?> future) throws InterruptedException {
    try {
      future.get();
      throw new AssertionError("it did not fail");
    } catch (ExecutionException e) {
      return e.getCause();
    }
  }
}
