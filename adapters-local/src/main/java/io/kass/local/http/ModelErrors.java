package io.kass.local.http;

import io.kass.ports.Json;
import io.kass.ports.error.KassException;
import io.kass.ports.error.KassException.Misconfigured;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What servers of models say when they fail, in the words of the ports: OpenAI's, those that speak
 * as it does, and Google's.
 *
 * @param server names the server
 * @param kind what it serves, such as {@code chat}
 * @param model the model's name, as the server knows it
 * @param keySetting where the key is set, for the end of a sentence
 * @param unsaid how long to wait where the server asks to and does not say how long
 */
public record ModelErrors(
    ServerErrors server, String kind, String model, String keySetting, Duration unsaid) {
  private static final List<String> TOO_LONG =
      List.of(
          "context_length_exceeded",
          "exceed_context_size",
          "context length",
          "available context size",
          "context window",
          "maximum number of tokens allowed",
          "max allowed tokens",
          "tokens per request",
          "too many tokens");

  private static final int BAD_REQUEST = 400;
  private static final int TOO_LARGE = 413;
  private static final int UNPROCESSABLE = 422;

  /** Groq's word for having too much to do. */
  private static final int FLEX_CAPACITY_EXCEEDED = 498;

  /** Whether a server finds fault with what it was sent, and not with the key or the account. */
  public static boolean isAboutContent(int status, @Nullable Json body) {
    return (status == BAD_REQUEST || status == TOO_LARGE || status == UNPROCESSABLE)
        && !isBadKey(body)
        && !isSpent(body);
  }

  /** Whether a server says that the request is longer than the model reads. */
  public static boolean isTooLong(int status, @Nullable Json body) {
    return status == TOO_LARGE || saysTooLong(body);
  }

  /** Whether an error says that the request is longer than the model reads. */
  public static boolean saysTooLong(@Nullable Json body) {
    String said =
        String.join(
                " ",
                ServerErrors.quote(body),
                Members.text(body, "error", "code"),
                Members.text(body, "error", "type"))
            .toLowerCase(Locale.ROOT);
    return TOO_LONG.stream().anyMatch(said::contains);
  }

  /**
   * A status that is no success.
   *
   * @param body what came with it, or null when it is not JSON
   */
  public KassException status(int status, HttpHeaders headers, @Nullable Json body) {
    if (status == 401 || status == 403 || isBadKey(body)) {
      return new Misconfigured(
          "%s refuses %s (HTTP %d). Check the %s key (%s)."
              .formatted(
                  server.where(),
                  server.key().isEmpty() ? "requests without a key" : "the key",
                  status,
                  kind,
                  keySetting));
    }
    if (status == 404) {
      return new Misconfigured(
          "%s does not know the model '%s', or the address is wrong (HTTP 404)%s"
              .formatted(server.where(), model, server.said(body)));
    }
    if (status == 402 || isSpent(body)) {
      return new Misconfigured(
          server.where() + ": the account has nothing left to spend" + server.said(body));
    }
    if (status == 429 || status == FLEX_CAPACITY_EXCEEDED) {
      return server.throttled(headers, body, unsaid);
    }
    if (status == 408 || status >= 500) {
      return server.fails(status, body);
    }
    if (status >= 300 && status < 400) {
      return server.moved(status);
    }
    return new Misconfigured(server.refuses(status, body));
  }

  /** Something answers, but not as a server of models does. */
  public KassException notTheProtocol() {
    return new Misconfigured(
        server.where()
            + " does not answer as "
            + (kind.equals("embedding") ? "an " : "a ")
            + kind
            + " server does. Check the address; a proxy may stand between.");
  }

  private static boolean isSpent(@Nullable Json body) {
    return Members.text(body, "error", "code").equals("insufficient_quota");
  }

  /** Google says 400 of a key that is none. */
  private static boolean isBadKey(@Nullable Json body) {
    return Members.items(body, "error", "details").stream()
        .anyMatch(detail -> Members.text(detail, "reason").equals("API_KEY_INVALID"));
  }
}
