package io.kass.aws.secretsmanager;

import io.kass.aws.sdk.AwsConnection;
import io.kass.aws.sdk.AwsResource;
import io.kass.ports.CallScope;
import io.kass.ports.Json;
import io.kass.ports.error.KassException.Misconfigured;
import io.kass.ports.error.KassException.Throttled;
import io.kass.ports.error.KassException.Unavailable;
import io.kass.ports.secret.Secret;
import io.kass.ports.secret.SecretSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.InvalidRequestException;

/**
 * Secrets of Secrets Manager. A name is the secret's name or ARN, and may be followed by {@code #}
 * and the member of the JSON object that it holds: {@code /chatbot/slack/bot-token#bot_token}.
 * Values are kept in memory for a while. Thread-safe.
 */
final class SecretsManagerSecretSource implements SecretSource, AutoCloseable {
  private final AwsConnection aws;
  private final SecretsManagerConfig config;
  private final Map<String, Cached> cache = new ConcurrentHashMap<>();
  private @Nullable SecretsManagerClient client;

  /**
   * A value, and when it was read.
   *
   * @param read before the service was asked
   */
  private record Cached(Secret value, Instant read) {}

  SecretsManagerSecretSource(AwsConnection aws, SecretsManagerConfig config) {
    this.aws = aws;
    this.config = config;
  }

  @Override
  public Secret get(CallScope scope, String name) {
    scope.check(aws.clock());
    int member = name.indexOf('#');
    String secret = member < 0 ? name : name.substring(0, member);
    Secret whole = current(scope, secret);
    return member < 0 ? whole : member(secret, whole, name.substring(member + 1));
  }

  private Secret current(CallScope scope, String name) {
    Cached cached = cache.get(name);
    if (cached != null && isWithin(cached, config.cacheFor())) {
      return cached.value();
    }
    Instant now = aws.clock().instant();
    try {
      Secret value = ask(scope, name);
      cache.put(name, new Cached(value, now));
      return value;
    } catch (Unavailable | Throttled e) {
      if (cached != null && isWithin(cached, config.staleFor())) {
        return cached.value();
      }
      throw e;
    }
  }

  private boolean isWithin(Cached cached, Duration time) {
    return aws.clock().instant().isBefore(cached.read().plus(time));
  }

  private Secret ask(CallScope scope, String name) {
    var resource =
        new AwsResource(
            "The secret '" + name + "' of AWS Secrets Manager",
            "Create it there, and check that AWS_REGION is its region.");
    String value =
        aws.<@Nullable String>run(
            scope,
            resource,
            () -> {
              try {
                return client().getSecretValue(request -> request.secretId(name)).secretString();
              } catch (InvalidRequestException e) {
                throw new Misconfigured(
                    resource.name() + " is marked for deletion. Restore it, or create another.", e);
              }
            });
    if (value == null) {
      throw new Misconfigured(resource.name() + " holds bytes. Store it as text.");
    }
    return new Secret(value);
  }

  private static Secret member(String name, Secret whole, String member) {
    Json value = null;
    try {
      value = Json.parse(whole.reveal()) instanceof Json.Obj object ? object.get(member) : null;
    } catch (IllegalArgumentException e) {
      // Its message would show the secret.
      throw new Misconfigured(
          "The secret '" + name + "' of AWS Secrets Manager holds no JSON object.");
    }
    if (value instanceof Json.Text(String text)) {
      return new Secret(text);
    }
    throw new Misconfigured(
        "The secret '" + name + "' of AWS Secrets Manager has no text '" + member + "'.");
  }

  private synchronized SecretsManagerClient client() {
    if (client == null) {
      client = aws.client(SecretsManagerClient.builder());
    }
    return client;
  }

  @Override
  public synchronized void close() {
    if (client != null) {
      client.close();
    }
  }
}
