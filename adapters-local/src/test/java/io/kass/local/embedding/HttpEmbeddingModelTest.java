package io.kass.local.embedding;

import static io.kass.ports.TestScopes.scope;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import io.kass.local.embedding.FakeEmbeddingServer.Failure;
import io.kass.local.http.Members;
import io.kass.local.http.Retries;
import io.kass.ports.CallScope;
import io.kass.ports.Json;
import io.kass.ports.TestScopes;
import io.kass.ports.backend.Closer;
import io.kass.ports.config.ConfigSection;
import io.kass.ports.embedding.EmbeddingModel;
import io.kass.ports.embedding.Purpose;
import io.kass.ports.embedding.Vector;
import io.kass.ports.error.KassException.Cancelled;
import io.kass.ports.error.KassException.Misconfigured;
import io.kass.ports.error.KassException.Throttled;
import io.kass.ports.error.KassException.Unavailable;
import io.kass.ports.secret.Secret;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What all providers have in common: batches, failures, settings. */
class HttpEmbeddingModelTest {
  private static final Duration SHORT = Duration.ofMillis(2);
  private final Closer closer = new Closer();

  @AfterEach
  void close() {
    closer.close();
  }

  @ParameterizedTest
  @EnumSource(EmbeddingConfig.Provider.class)
  void sendsManyTextsInBatchesAndKeepsTheirOrder(EmbeddingConfig.Provider provider) {
    FakeEmbeddingServer server = server(provider);
    HttpEmbeddingModel model = model(server.config(name(provider)));
    List<String> texts = IntStream.range(0, 250).mapToObj(i -> "text number " + i).toList();

    List<Vector> vectors = model.embed(scope(), Purpose.PASSAGE, texts);

    assertThat(server.batches()).containsExactly(100, 100, 50);
    assertThat(vectors.get(249))
        .isEqualTo(model.embed(scope(), Purpose.QUERY, texts.subList(249, 250)).getFirst());
    assertThat(vectors.get(1).cosine(vectors.get(249))).isLessThan(0.999);
    assertThat(server.violations()).isEmpty();
  }

  @Test
  void sendsLongTextsInSmallerBatches() {
    FakeEmbeddingServer server = server(EmbeddingConfig.Provider.VOYAGE);
    model(server.config("voyage-2"))
        .embed(scope(), Purpose.PASSAGE, List.of("a ".repeat(20_000), "b", "c ".repeat(20_000)));
    assertThat(server.batches()).containsExactly(2, 1);
  }

  @Test
  void asksByHalvesWhereABatchIsTooLongForTheServer() {
    FakeEmbeddingServer server = server(EmbeddingConfig.Provider.VOYAGE);
    server.fail(
        Failure.of(
            400,
            "The max allowed tokens per submitted batch is 120000. Your batch has 140000 tokens"
                + " after truncation."));

    List<Vector> vectors =
        model(server.config("voyage-2"))
            .embed(scope(), Purpose.PASSAGE, List.of("one", "two", "three"));

    assertThat(server.batches()).containsExactly(1, 2);
    assertThat(vectors)
        .isEqualTo(
            model(server.config("voyage-2"))
                .embed(scope(), Purpose.PASSAGE, List.of("one", "two", "three")));
  }

  @Test
  void triesAgainWhenItIsAskedToWait() {
    FakeEmbeddingServer server = server(EmbeddingConfig.Provider.OPENAI);
    server.fail(new Failure(429, "{}", Map.of("retry-after-ms", "3")));
    server.fail(new Failure(429, "{}", Map.of()));
    server.fail(Failure.of(503, "overloaded"));
    assertThat(embed(server, scope())).hasSize(1);
    assertThat(server.batches()).containsExactly(1);
  }

  @Test
  void triesAgainWhenItIsAskedToWaitAsGoogleDoes() {
    FakeEmbeddingServer server = server(EmbeddingConfig.Provider.GEMINI);
    server.fail(
        new Failure(
            429,
            "{\"error\":{\"code\":429,\"status\":\"RESOURCE_EXHAUSTED\",\"details\":[{\"@type\":"
                + "\"type.googleapis.com/google.rpc.RetryInfo\",\"retryDelay\":\"3600s\"}]}}",
            Map.of()));
    CallScope hurried = TestScopes.scope(InstantSource.system(), Duration.ofSeconds(60));
    assertThatThrownBy(() -> embed(server, hurried))
        .isInstanceOfSatisfying(
            Throttled.class,
            throttled -> assertThat(throttled.retryAfter()).isEqualTo(Duration.ofHours(1)));
  }

  @Test
  void givesUpAfterSomeTries() {
    FakeEmbeddingServer server = server(EmbeddingConfig.Provider.OPENAI);
    for (int i = 0; i < 6; i++) {
      server.fail(Failure.of(500, "broken " + i));
    }
    assertThatThrownBy(() -> embed(server, scope()))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("broken 5");
    assertThat(embed(server, scope())).hasSize(1);
  }

  @Test
  void endsWhenItIsCancelledInAPause() throws InterruptedException {
    FakeEmbeddingServer server = server(EmbeddingConfig.Provider.OPENAI);
    server.fail(new Failure(429, "{}", Map.of("Retry-After", "3000")));
    CallScope scope = scope();
    assertCancelled(server, scope);
  }

  @Test
  void endsWhenItIsCancelledWhileTheServerSaysNothing() throws InterruptedException {
    FakeEmbeddingServer server = server(EmbeddingConfig.Provider.OPENAI);
    server.fallSilent();
    assertCancelled(server, scope());
  }

  private void assertCancelled(FakeEmbeddingServer server, CallScope scope)
      throws InterruptedException {
    CompletableFuture<Boolean> done =
        CompletableFuture.supplyAsync(() -> {
          assertThatThrownBy(() -> embed(server, scope)).isInstanceOf(Cancelled.class);
          return true;
        });
    server.awaitRequest();
    scope.cancellation().cancel();
    assertThat(done.join()).isTrue();
  }

  @Test
  void endsInTimeWhenTheServerSaysNothing() {
    FakeEmbeddingServer server = server(EmbeddingConfig.Provider.OPENAI);
    server.fallSilent();
    CallScope soon = TestScopes.scope(InstantSource.system(), Duration.ofMillis(300));
    assertThatThrownBy(() -> embed(server, soon)).isInstanceOf(Unavailable.class);
  }

  @ParameterizedTest
  @CsvSource({
    "OPENAI, 401, embedding key (its setting",
    "GEMINI, 403, GEMINI_EMBED_API_KEY",
    "OPENAI, 404, text-embedding-3-small",
    "OPENAI, 301, has moved",
    "OPENAI, 402, nothing left",
    "VOYAGE, 422, refuses the request"
  })
  void saysWhoHasToActWithoutShowingTheKey(
      EmbeddingConfig.Provider provider, int status, String words) {
    FakeEmbeddingServer server = server(provider);
    server.fail(Failure.of(status, "no good: " + FakeEmbeddingServer.KEY));
    assertThatThrownBy(() -> embed(server, scope()))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContainingAll("127.0.0.1", words)
        .message()
        .doesNotContain(FakeEmbeddingServer.KEY);
    assertThat(server.config("m").toString()).doesNotContain(FakeEmbeddingServer.KEY);
  }

  @Test
  void knowsHowGoogleRefusesAKey() {
    FakeEmbeddingServer server = server(EmbeddingConfig.Provider.GEMINI);
    server.fail(
        new Failure(
            400,
            "{\"error\":{\"code\":400,\"message\":\"API key not valid.\",\"details\":[{\"@type\":"
                + "\"type.googleapis.com/google.rpc.ErrorInfo\",\"reason\":\"API_KEY_INVALID\"}]}}",
            Map.of()));
    assertThatThrownBy(() -> embed(server, scope()))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining("GEMINI_EMBED_API_KEY");
  }

  @Test
  void namesTheTextThatTheServerDoesNotTake() {
    FakeEmbeddingServer server = server(EmbeddingConfig.Provider.VOYAGE);
    List<String> texts =
        IntStream.range(0, 150)
            .mapToObj(i -> i == 137 ? FakeEmbeddingServer.POISON : "text number " + i)
            .toList();
    HttpEmbeddingModel model = model(server.config("voyage-2"));

    assertThatThrownBy(() -> model.embed(scope(), Purpose.PASSAGE, texts))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContainingAll("not liked", "position 137");
  }

  @ParameterizedTest
  @CsvSource({
    "GEMINI, gemini-embedding-001, 768, outputDimensionality",
    "OPENAI, text-embedding-3-small, 256, dimensions"
  })
  void asksForShorterVectors(
      EmbeddingConfig.Provider provider, String name, int dimension, String member) {
    var server = closer.register(new FakeEmbeddingServer(provider, dimension));
    EmbeddingConfig config = server.config(name);
    HttpEmbeddingModel model =
        model(
            new EmbeddingConfig(
                provider,
                config.url(),
                name,
                config.key(),
                dimension,
                0,
                config.connectTimeout(),
                config.timeout()));

    Vector vector = model.embed(scope(), Purpose.QUERY, List.of("hello")).getFirst();

    assertThat(vector.length()).isCloseTo(1, within(1e-4));
    assertThat(model.info().id()).isEqualTo(name + "/" + dimension);
    Json request = server.requests().element();
    Json asked = Members.items(request, "requests").stream().findFirst().orElse(request);
    assertThat(Members.number(asked, member)).isEqualTo(dimension);
  }

  @Test
  @Tag("F16")
  void namesBothDimensionsWhereTheyDiffer() {
    var server = closer.register(new FakeEmbeddingServer(EmbeddingConfig.Provider.OPENAI, 8));
    assertThatThrownBy(() -> embed(server, scope()))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContainingAll("8", "1536", "dimension");
  }

  @Test
  void saysThatAPageIsNoAnswer() {
    FakeEmbeddingServer server = server(EmbeddingConfig.Provider.OPENAI);
    server.fail(new Failure(200, "<html>Welcome</html>", Map.of()));
    assertThatThrownBy(() -> embed(server, scope()))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining("proxy");
    server.fail(new Failure(200, "{\"data\": []}", Map.of()));
    assertThatThrownBy(() -> embed(server, scope())).isInstanceOf(Misconfigured.class);
  }

  @Test
  void knowsTheModelsOfTheLegacyDeployment() {
    assertThat(Known.info(config(EmbeddingConfig.Provider.GEMINI, "", 0, 0)).dimension())
        .isEqualTo(3_072);
    assertThat(Known.info(config(EmbeddingConfig.Provider.GEMINI, "", 0, 0)).id())
        .isEqualTo("gemini-embedding-001");
    assertThat(Known.info(config(EmbeddingConfig.Provider.GEMINI, "", 768, 0)).id())
        .isEqualTo("gemini-embedding-001/768");
    assertThat(Known.info(config(EmbeddingConfig.Provider.VOYAGE, "", 0, 0)).id())
        .isEqualTo("voyage-2");
    assertThat(
            Known.info(config(EmbeddingConfig.Provider.GEMINI, "models/gemini-embedding-001", 0, 0))
                .id())
        .isEqualTo("gemini-embedding-001");
    assertThat(Known.info(config(EmbeddingConfig.Provider.OPENAI, "own", 5, 9)).maxTokens())
        .isEqualTo(9);
    assertThatThrownBy(() -> Known.info(config(EmbeddingConfig.Provider.OPENAI, "own", 0, 0)))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContainingAll("'own'", "dimension", "max-tokens");
    assertThatThrownBy(() -> Known.info(config(EmbeddingConfig.Provider.OPENAI, "", 5, 9)))
        .isInstanceOf(Misconfigured.class);
    assertThat(
            EmbeddingProtocol.of(config(EmbeddingConfig.Provider.GEMINI, "", 0, 0))
                .endpoint()
                .shown())
        .startsWith(
            "https://generativelanguage.googleapis.com/v1beta/models/gemini-embedding-001:");
    assertThat(
            EmbeddingProtocol.of(config(EmbeddingConfig.Provider.VOYAGE, "", 0, 0))
                .endpoint()
                .uri())
        .isEqualTo(URI.create("https://api.voyageai.com/v1/embeddings"));
  }

  @Test
  void readsEverySetting() {
    assertThat(ConfigSection.empty("embeddings").over(EmbeddingConfig.DEFAULTS))
        .isEqualTo(
            new EmbeddingConfig(
                EmbeddingConfig.Provider.OPENAI,
                URI.create(""),
                "",
                Secret.NONE,
                0,
                0,
                Duration.ofSeconds(5),
                Duration.ofMinutes(1)));
    var section =
        new ConfigSection(
            "embeddings",
            Map.of(
                "provider", "gemini",
                "url", "https://example.com/v1",
                "model", "m",
                "key", "k",
                "dimension", "7",
                "max-tokens", "9",
                "connect-timeout", "1s",
                "timeout", "2s"));
    assertThat(section.over(EmbeddingConfig.DEFAULTS))
        .isEqualTo(
            new EmbeddingConfig(
                EmbeddingConfig.Provider.GEMINI,
                URI.create("https://example.com/v1"),
                "m",
                new Secret("k"),
                7,
                9,
                Duration.ofSeconds(1),
                Duration.ofSeconds(2)));
  }

  @ParameterizedTest
  @CsvSource({
    "url, ftp://x",
    "url, http://name:word@x",
    "key, a b",
    "dimension, -1",
    "max-tokens, -1",
    "connect-timeout, 0s",
    "timeout, 0s"
  })
  void refusesWhatDoesNotFit(String key, String value) {
    var section = new ConfigSection("embeddings", Map.of(key, value));
    assertThatThrownBy(() -> section.over(EmbeddingConfig.DEFAULTS))
        .isInstanceOf(Misconfigured.class);
  }

  @Test
  void isBoundByItsModule() {
    FakeEmbeddingServer server = server(EmbeddingConfig.Provider.VOYAGE);
    EmbeddingModel model =
        Guice.createInjector(
                new EmbeddingModule(),
                new AbstractModule() {
                  @Override
                  protected void configure() {
                    bind(EmbeddingConfig.class).toInstance(server.config("voyage-2"));
                    bind(InstantSource.class).toInstance(InstantSource.system());
                    bind(Closer.class).toInstance(closer);
                  }
                })
            .getInstance(EmbeddingModel.class);
    assertThat(model.embed(scope(), Purpose.QUERY, List.of("hello"))).hasSize(1);
    closer.close();
    assertThatThrownBy(() -> model.embed(scope(), Purpose.QUERY, List.of("hello")))
        .isInstanceOf(Unavailable.class);
  }

  private List<Vector> embed(FakeEmbeddingServer server, CallScope scope) {
    HttpEmbeddingModel model = model(server.config(""));
    return model.embed(scope, Purpose.PASSAGE, List.of("hello"));
  }

  private HttpEmbeddingModel model(EmbeddingConfig config) {
    EmbeddingConfig named =
        config.provider() == EmbeddingConfig.Provider.OPENAI && config.model().isEmpty()
            ? new EmbeddingConfig(
                EmbeddingConfig.Provider.OPENAI,
                config.url(),
                name(EmbeddingConfig.Provider.OPENAI),
                config.key(),
                0,
                0,
                config.connectTimeout(),
                config.timeout())
            : config;
    return closer.register(
        new HttpEmbeddingModel(
            named,
            InstantSource.system(),
            new Retries(SHORT, new Random(1), InstantSource.system())));
  }

  private FakeEmbeddingServer server(EmbeddingConfig.Provider provider) {
    return closer.register(
        new FakeEmbeddingServer(
            provider,
            switch (provider) {
              case GEMINI -> 3_072;
              case VOYAGE -> 1_024;
              case OPENAI -> 1_536;
            }));
  }

  private static String name(EmbeddingConfig.Provider provider) {
    return switch (provider) {
      case GEMINI -> "gemini-embedding-001";
      case VOYAGE -> "voyage-2";
      case OPENAI -> "text-embedding-3-small";
    };
  }

  private static EmbeddingConfig config(
      EmbeddingConfig.Provider provider, String model, int dimension, int maxTokens) {
    return new EmbeddingConfig(
        provider,
        URI.create(provider == EmbeddingConfig.Provider.OPENAI ? "http://localhost:11434" : ""),
        model,
        Secret.NONE,
        dimension,
        maxTokens,
        Duration.ofSeconds(1),
        Duration.ofSeconds(1));
  }
}
