package io.kass.aws.sdk;

import io.kass.ports.CallScope;
import io.kass.ports.error.KassException;
import io.kass.ports.error.KassException.Cancelled;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;

/**
 * What the clients of all services share: settings, credentials, one HTTP client. Runs their calls
 * so that each ends with its caller's scope, and fails in the words of the ports. Thread-safe.
 */
public final class AwsConnection implements AutoCloseable {
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(20);

  private final AwsConfig config;
  private final AwsCredentialsProvider credentials;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final SdkHttpClient http;

  public AwsConnection(
      AwsConfig config,
      AwsCredentialsProvider credentials,
      InstantSource clock,
      RandomGenerator random) {
    this.config = config;
    this.credentials = credentials;
    this.clock = clock;
    this.random = random;
    http =
        new ScopedHttpClient(
            UrlConnectionHttpClient.builder()
                .connectionTimeout(config.connectTimeout())
                .socketTimeout(config.timeout())
                .build());
  }

  /** The clock that scopes are held to. */
  public InstantSource clock() {
    return clock;
  }

  /** Sixteen random hexadecimal digits, to know one's own writes by. */
  public String mark() {
    return "%016x".formatted(random.nextLong());
  }

  /** Makes the client of a service. */
  public <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(B builder) {
    return reached(builder)
        .httpClient(http)
        .overrideConfiguration(override ->
            override
                .retryStrategy(retries())
                .addExecutionInterceptor(new ScopeInterceptor(clock, config.timeout())))
        .build();
  }

  private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B reached(B builder) {
    builder.credentialsProvider(credentials);
    if (!config.region().isEmpty()) {
      builder.region(Region.of(config.region()));
    }
    if (!config.endpoint().toString().isEmpty()) {
      builder.endpointOverride(config.endpoint());
    }
    return builder;
  }

  private StandardRetryStrategy retries() {
    BackoffStrategy backoff = BackoffStrategy.exponentialDelay(config.retryDelay(), LONGEST_PAUSE);
    return AwsRetryStrategy.standardRetryStrategy().toBuilder()
        .maxAttempts(config.attempts())
        .backoffStrategy(backoff)
        .throttlingBackoffStrategy(backoff)
        // It would refuse to try again at all in a long storm: the callers' deadlines bound it.
        .circuitBreakerEnabled(false)
        .build();
  }

  /** The settings. */
  public AwsConfig config() {
    return config;
  }

  /** Where requests are signed with. */
  public AwsCredentialsProvider credentials() {
    return credentials;
  }

  /**
   * Runs calls of the SDK on behalf of a scope.
   *
   * @throws KassException when they fail
   */
  public <T extends @Nullable Object> T run(
      CallScope scope, AwsResource resource, Supplier<T> work) {
    scope.check(clock);
    try (ActiveCall call = ActiveCall.begin(scope)) {
      try {
        return work.get();
      } catch (SdkException e) {
        throw AwsErrors.translate(scope, resource, call.operation(), e);
      }
    }
  }

  /** How many times something is tried here that the SDK does not try again by itself. */
  public int attempts() {
    return config.attempts();
  }

  /**
   * Waits before another try.
   *
   * @param failures how many tries have failed so far; at least 1
   * @throws Cancelled when the scope is called off meanwhile
   * @throws io.kass.ports.error.KassException.Unavailable when its time does not suffice
   */
  public void pause(CallScope scope, int failures) {
    long most =
        Math.min(
            LONGEST_PAUSE.toNanos(), config.retryDelay().toNanos() << Math.min(failures - 1, 20));
    long nanos = random.nextLong(most) + 1;
    var ended = new CountDownLatch(1);
    try (var registration = scope.cancellation().onCancel(ended::countDown)) {
      boolean called = ended.await(nanos, TimeUnit.NANOSECONDS);
      if (!called) {
        scope.check(clock);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Cancelled("Interrupted while waiting to try again.", e);
    }
    scope.check(clock);
  }

  @Override
  public void close() {
    http.close();
  }
}
