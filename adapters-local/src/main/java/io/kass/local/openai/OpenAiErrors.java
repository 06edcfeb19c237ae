package io.kass.local.openai;

import io.kass.ports.Json;
import io.kass.ports.error.KassException;
import io.kass.ports.error.KassException.Misconfigured;
import io.kass.ports.error.KassException.Throttled;
import io.kass.ports.error.KassException.Unavailable;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.nio.channels.UnresolvedAddressException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What servers and connections say when they fail, in the words of the ports. */
final class OpenAiErrors {
  private static final Duration DEFAULT_WAIT = Duration.ofSeconds(5);
  private static final int LONGEST_QUOTE = 300;
  private static final List<String> WINDOW_EXCEEDED =
      List.of(
          "context_length_exceeded",
          "exceed_context_size",
          "maximum context length",
          "available context size",
          "context length exceeded",
          "context window");

  private final OpenAiConfig config;
  private final InstantSource clock;

  OpenAiErrors(OpenAiConfig config, InstantSource clock) {
    this.config = config;
    this.clock = clock;
  }

  /** Whether a server says that the request does not fit the model's window. */
  static boolean exceedsWindow(@Nullable Json body) {
    String said =
        String.join(
                " ",
                quote(body),
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
              : new Throttled(where() + " asks to wait" + said(body), retryAfter(headers));
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

  /** The connection cannot be made, or breaks. */
  KassException connection(Throwable cause) {
    String problem =
        switch (cause) {
          case HttpConnectTimeoutException e ->
              "cannot be reached within " + seconds(config.connectTimeout());
          case ConnectException e ->
              e.getCause() instanceof UnresolvedAddressException
                  ? "cannot be reached: there is no such host"
                  : "cannot be reached. Is the server running?";
          case SSLException e ->
              "cannot be reached safely: " + clean(String.valueOf(e.getMessage()));
          default -> "broke off: " + clean(String.valueOf(cause.getMessage()));
        };
    return new Unavailable(where() + " " + problem, cause);
  }

  KassException silent() {
    return new Unavailable(
        where() + " has sent nothing for " + seconds(config.idleTimeout()) + ".");
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

  static KassException late() {
    return new Unavailable("The time allowed for this request has passed.");
  }

  private String where() {
    return "The chat server at " + config.shownEndpoint();
  }

  private String said(@Nullable Json body) {
    String quote = clean(quote(body));
    return quote.isEmpty() ? "." : ": " + quote;
  }

  private static String quote(@Nullable Json body) {
    for (String[] path :
        new String[][] {{"error", "message"}, {"error"}, {"message"}, {"detail"}}) {
      String found = Members.text(body, path);
      if (!found.isBlank()) {
        return found;
      }
    }
    return "";
  }

  /** One short line of what a server said, without the key. */
  private String clean(String said) {
    String shown =
        config.key().isEmpty()
            ? said
            : said.replace(config.key().reveal(), config.key().toString());
    String line = shown.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    return line.codePointCount(0, line.length()) <= LONGEST_QUOTE
        ? line
        : line.substring(0, line.offsetByCodePoints(0, LONGEST_QUOTE)) + "…";
  }

  /** Seconds, or a date (RFC 9110, 10.2.3); some servers are exact to milliseconds. */
  Duration retryAfter(HttpHeaders headers) {
    return headers
        .firstValue("retry-after-ms")
        .flatMap(value -> number(value, 1))
        .or(() -> headers.firstValue("retry-after").flatMap(value -> number(value, 1_000)))
        .or(() -> headers.firstValue("retry-after").flatMap(this::untilDate))
        .filter(wait -> !wait.isNegative())
        .orElse(DEFAULT_WAIT);
  }

  private static Optional<Duration> number(String value, double milliseconds) {
    try {
      double amount = Double.parseDouble(value.strip()) * milliseconds;
      return amount >= 0 && amount <= Duration.ofDays(1).toMillis()
          ? Optional.of(Duration.ofMillis(Math.round(amount)))
          : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private Optional<Duration> untilDate(String value) {
    try {
      Instant date =
          ZonedDateTime.parse(value.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration wait = Duration.between(clock.instant(), date);
      return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static String seconds(Duration duration) {
    return duration.toMillis() % 1_000 == 0
        ? duration.toSeconds() + " s"
        : duration.toMillis() + " ms";
  }
}
