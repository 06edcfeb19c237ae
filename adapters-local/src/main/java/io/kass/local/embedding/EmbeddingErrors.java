package io.kass.local.embedding;

import io.kass.local.http.Members;
import io.kass.local.http.ServerErrors;
import io.kass.ports.Json;
import io.kass.ports.error.KassException;
import io.kass.ports.error.KassException.Misconfigured;
import io.kass.ports.error.KassException.Throttled;
import io.kass.ports.error.KassException.Unavailable;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What embedding servers say when they fail, in the words of the ports. */
final class EmbeddingErrors {
  private static final List<String> TOO_LONG =
      List.of(
          "context length", "context_length", "context size", "maximum context", "too many tokens");

  private final EmbeddingConfig config;
  private final ServerErrors server;

  EmbeddingErrors(EmbeddingConfig config, EmbeddingProtocol protocol, InstantSource clock) {
    this.config = config;
    String address = protocol.endpoint().toString().replaceAll("[?#].*$", "");
    this.server =
        new ServerErrors(
            Known.name(config.provider()) + " at " + address,
            config.key(),
            config.connectTimeout(),
            config.idleTimeout(),
            clock);
  }

  /** What is said of the connection. */
  ServerErrors server() {
    return server;
  }

  /** Whether a text is longer than the model reads. */
  static boolean isTooLong(int status, @Nullable Json body) {
    String said =
        (ServerErrors.quote(body) + " " + Members.text(body, "error", "code"))
            .toLowerCase(Locale.ROOT);
    return status == 413 || (status == 400 && TOO_LONG.stream().anyMatch(said::contains));
  }

  /** A status that is no success. */
  KassException status(int status, HttpHeaders headers, @Nullable Json body) {
    if (status == 401 || status == 403 || isBadKey(body)) {
      return new Misconfigured(
          "%s refuses %s (HTTP %d). Check the embedding key (%s)."
              .formatted(
                  server.where(),
                  config.key().isEmpty() ? "requests without a key" : "the key",
                  status,
                  variable()));
    }
    if (status == 404) {
      return new Misconfigured(
          "%s does not know the model '%s', or the address is wrong (HTTP 404)%s"
              .formatted(server.where(), Known.model(config), server.said(body)));
    }
    if (status == 402 || Members.text(body, "error", "code").equals("insufficient_quota")) {
      return new Misconfigured(
          server.where() + ": the account has nothing left to spend" + server.said(body));
    }
    if (status == 429) {
      return new Throttled(
          server.where() + " asks to wait" + server.said(body),
          server.retryAfter(headers).orElse(delayInside(body)));
    }
    if (status == 408 || status >= 500) {
      return new Unavailable(
          "%s fails (HTTP %d)%s".formatted(server.where(), status, server.said(body)));
    }
    if (status >= 300 && status < 400) {
      return new Misconfigured(
          "%s has moved (HTTP %d); give its new address.".formatted(server.where(), status));
    }
    return new Misconfigured(
        "%s refuses the request (HTTP %d)%s".formatted(server.where(), status, server.said(body)));
  }

  KassException notTheProtocol() {
    return new Misconfigured(
        server.where()
            + " does not answer as an embedding server does. Check the address; a proxy may stand"
            + " between.");
  }

  KassException dimension(int came) {
    int expected = Known.info(config).dimension();
    return new Misconfigured(
        "%s gives vectors of %d numbers for the model '%s', not %d. Set its dimension to %d, or the model that the index was built with."
            .formatted(server.where(), came, Known.model(config), expected, came));
  }

  KassException count(int came, int expected) {
    return new Unavailable(
        "%s gave %d vectors for %d texts.".formatted(server.where(), came, expected));
  }

  private String variable() {
    return switch (config.provider()) {
      case GEMINI -> "GEMINI_EMBED_API_KEY";
      case VOYAGE, OPENAI -> "EMBED_API_KEY";
    };
  }

  /** Google says 400 of a key that is none. */
  private static boolean isBadKey(@Nullable Json body) {
    return Members.items(body, "error", "details").stream()
        .anyMatch(detail -> Members.text(detail, "reason").equals("API_KEY_INVALID"));
  }

  /** Google's way of saying how long to wait: {@code google.rpc.RetryInfo}, such as "27s". */
  private static Duration delayInside(@Nullable Json body) {
    for (Json detail : Members.items(body, "error", "details")) {
      String delay = Members.text(detail, "retryDelay");
      if (delay.matches("\\d{1,6}(\\.\\d{1,9})?s")) {
        return Duration.ofMillis(
            Math.round(Double.parseDouble(delay.substring(0, delay.length() - 1)) * 1_000));
      }
    }
    return Retries.UNSAID;
  }
}
