package io.kass.local.openai;

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

/** What servers and connections say when they fail, in the words of the ports. */
final class OpenAiErrors {
  private static final Duration DEFAULT_WAIT = Duration.ofSeconds(5);
  private static final List<String> WINDOW_EXCEEDED =
      List.of(
          "context_length_exceeded",
          "exceed_context_size",
          "maximum context length",
          "available context size",
          "context length exceeded",
          "context window");

  private final OpenAiConfig config;
  private final ServerErrors server;

  OpenAiErrors(OpenAiConfig config, InstantSource clock) {
    this.config = config;
    this.server =
        new ServerErrors(
            "The chat server at " + config.shownEndpoint(),
            config.key(),
            config.connectTimeout(),
            config.idleTimeout(),
            clock);
  }

  /** What is said of the connection. */
  ServerErrors server() {
    return server;
  }

  /** Whether a server says that the request does not fit the model's window. */
  static boolean exceedsWindow(@Nullable Json body) {
    String said =
        String.join(
                " ",
                ServerErrors.quote(body),
                Members.text(body, "error", "code"),
                Members.text(body, "error", "type"))
            .toLowerCase(Locale.ROOT);
    return WINDOW_EXCEEDED.stream().anyMatch(said::contains);
  }

  /**
   * A status other than 200.
   *
   * @param body what came with it, or null when it is not JSON
   */
  KassException status(int status, HttpHeaders headers, @Nullable Json body) {
    return switch (status) {
      case 401, 403 ->
          new Misconfigured(
              "%s refuses %s (HTTP %d). Check the chat key."
                  .formatted(
                      where(),
                      config.key().isEmpty() ? "requests without a key" : "the key",
                      status));
      case 404 ->
          new Misconfigured(
              "%s does not know the model '%s', or the address is wrong (HTTP 404)%s"
                  .formatted(where(), config.model(), said(body)));
      case 402 -> quota(body);
      case 429 ->
          Members.text(body, "error", "code").equals("insufficient_quota")
              ? quota(body)
              : new Throttled(
                  where() + " asks to wait" + said(body),
                  server.retryAfter(headers).orElse(DEFAULT_WAIT));
      case 408 -> unavailable(status, body);
      default -> {
        if (status >= 500) {
          yield unavailable(status, body);
        }
        if (status >= 300 && status < 400) {
          yield new Misconfigured(
              "%s has moved (HTTP %d); give its new address.".formatted(where(), status));
        }
        yield new Misconfigured(
            "%s refuses the request (HTTP %d)%s".formatted(where(), status, said(body)));
      }
    };
  }

  private KassException quota(@Nullable Json body) {
    return new Misconfigured(where() + ": the account has nothing left to spend" + said(body));
  }

  private KassException unavailable(int status, @Nullable Json body) {
    return new Unavailable("%s fails (HTTP %d)%s".formatted(where(), status, said(body)));
  }

  /** An error that comes in the place of a chunk. */
  KassException inStream(Json chunk) {
    boolean throttled =
        Members.number(chunk, "error", "code") == 429
            || (Members.text(chunk, "error", "code") + Members.text(chunk, "error", "type"))
                .contains("rate_limit");
    return throttled
        ? new Throttled(where() + " asks to wait" + said(chunk), DEFAULT_WAIT)
        : new Unavailable(where() + " broke off" + said(chunk));
  }

  KassException brokeOff() {
    return new Unavailable(where() + " broke off in the middle of a reply.");
  }

  KassException notTheProtocol() {
    return new Misconfigured(
        where()
            + " does not answer as a chat server does. Check the address; a proxy may stand"
            + " between.");
  }

  private String where() {
    return server.where();
  }

  private String said(@Nullable Json body) {
    return server.said(body);
  }
}
