package io.kass.local.http;

import io.kass.ports.Json;
import io.kass.ports.error.KassException;
import io.kass.ports.error.KassException.Misconfigured;
import io.kass.ports.error.KassException.Throttled;
import io.kass.ports.error.KassException.Unavailable;
import io.kass.ports.secret.Secret;
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
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * What a server and the connection to it say when they fail, in the words of the ports. Holds no
 * secret in any of them.
 *
 * @param where names the server and its address, without a query, to begin a sentence
 * @param advice how its address is set: a sentence, or nothing
 * @param key the secret that is shown to nobody; may be empty
 * @param connectTimeout how long connecting may take
 * @param timeout how long the server may be silent, or take for a whole answer
 * @param clock the time by which dates are waited for
 */
public record ServerErrors(
    String where,
    String advice,
    Secret key,
    Duration connectTimeout,
    Duration timeout,
    InstantSource clock) {
  private static final int LONGEST_QUOTE = 300;

  /** The connection cannot be made, or breaks. */
  public KassException connection(Throwable cause) {
    String problem =
        switch (cause) {
          case HttpConnectTimeoutException e ->
              "cannot be reached within " + seconds(connectTimeout) + advised(".");
          case ConnectException e ->
              e.getCause() instanceof UnresolvedAddressException
                  ? "cannot be reached: there is no such host" + advised(".")
                  : "cannot be reached. Is the server running?" + advised("");
          case SSLException e -> "cannot be reached safely: " + messageOf(e) + advised(".");
          case TooLongException e -> "gives " + messageOf(e) + advised(".");
          default -> "broke off: " + messageOf(cause) + ".";
        };
    return new Unavailable(where + " " + problem, cause);
  }

  private String messageOf(Throwable cause) {
    String message = clean(String.valueOf(cause.getMessage()));
    return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
  }

  private String advised(String end) {
    return advice.isEmpty() ? end : end + " " + advice;
  }

  /** Nothing came for too long. */
  public KassException silent() {
    return new Unavailable(
        where + " has sent nothing for " + seconds(timeout) + "; its timeout can be set longer.");
  }

  /** Nobody waits any more: what asks the server was closed. */
  KassException closed() {
    return new Unavailable(where + " has been closed here.");
  }

  /**
   * The server asks to come back later (HTTP 429).
   *
   * @param unsaid how long to wait where it does not say
   */
  public Throttled throttled(HttpHeaders headers, @Nullable Json body, Duration unsaid) {
    return new Throttled(
        where + " asks to wait" + said(body),
        retryAfter(headers).or(() -> retryInfo(body)).orElse(unsaid));
  }

  /** The server cannot do what it otherwise does (HTTP 408, 5xx). */
  public Unavailable fails(int status, @Nullable Json body) {
    return new Unavailable("%s fails (HTTP %d)%s".formatted(where, status, said(body)));
  }

  /** The server is elsewhere (HTTP 3xx), where no key is carried. */
  public Misconfigured moved(int status) {
    return new Misconfigured(
        "%s has moved (HTTP %d); give its new address%s".formatted(where, status, advised(".")));
  }

  /** The beginning of a sentence on a request that the server does not take. */
  public String refuses(int status, @Nullable Json body) {
    return "%s refuses the request (HTTP %d)%s".formatted(where, status, said(body));
  }

  /** What a server said in its error's body, after a colon; or only the sentence's end. */
  public String said(@Nullable Json body) {
    String quote = clean(quote(body));
    return quote.isEmpty() ? "." : ": " + quote + (quote.endsWith(".") ? "" : ".");
  }

  /** The message in an error's body, as most servers write it, or an empty text. */
  public static String quote(@Nullable Json body) {
    for (String[] path :
        new String[][] {{"error", "message"}, {"message"}, {"error"}, {"detail"}}) {
      String found = Members.text(body, path);
      if (!found.isBlank()) {
        return found;
      }
    }
    return "";
  }

  /** One short line of what a server said, without the key. */
  public String clean(String said) {
    String shown = key.isEmpty() ? said : said.replace(key.reveal(), key.toString());
    String line = shown.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    return line.codePointCount(0, line.length()) <= LONGEST_QUOTE
        ? line
        : line.substring(0, line.offsetByCodePoints(0, LONGEST_QUOTE)) + "…";
  }

  /** Seconds, or a date (RFC 9110, 10.2.3); some servers are exact to milliseconds. */
  private Optional<Duration> retryAfter(HttpHeaders headers) {
    return headers
        .firstValue("retry-after-ms")
        .flatMap(value -> number(value, 1))
        .or(() -> headers.firstValue("retry-after").flatMap(value -> number(value, 1_000)))
        .or(() -> headers.firstValue("retry-after").flatMap(this::untilDate))
        .filter(wait -> !wait.isNegative());
  }

  /** Google's way of saying how long to wait: {@code google.rpc.RetryInfo}, such as "27s". */
  private static Optional<Duration> retryInfo(@Nullable Json body) {
    return Members.items(body, "error", "details").stream()
        .map(detail -> Members.text(detail, "retryDelay"))
        .filter(delay -> delay.endsWith("s"))
        .flatMap(delay -> number(delay.substring(0, delay.length() - 1), 1_000).stream())
        .findFirst();
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
