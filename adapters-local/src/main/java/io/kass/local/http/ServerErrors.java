package io.kass.local.http;

import io.kass.ports.Json;
import io.kass.ports.error.KassException;
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
 * What a server and the connection to it say when they fail, in the words of the ports.
 *
 * @param where names the server and its address, without a query, to begin a sentence
 * @param key the secret that is shown to nobody; may be empty
 * @param connectTimeout how long connecting may take
 * @param idleTimeout how long the server may send nothing
 * @param clock the time by which dates are waited for
 */
public record ServerErrors(
    String where, Secret key, Duration connectTimeout, Duration idleTimeout, InstantSource clock) {
  private static final int LONGEST_QUOTE = 300;

  /** The connection cannot be made, or breaks. */
  public KassException connection(Throwable cause) {
    String problem =
        switch (cause) {
          case HttpConnectTimeoutException e ->
              "cannot be reached within " + seconds(connectTimeout);
          case ConnectException e ->
              e.getCause() instanceof UnresolvedAddressException
                  ? "cannot be reached: there is no such host"
                  : "cannot be reached. Is the server running?";
          case SSLException e ->
              "cannot be reached safely: " + clean(String.valueOf(e.getMessage()));
          default -> "broke off: " + clean(String.valueOf(cause.getMessage()));
        };
    return new Unavailable(where + " " + problem, cause);
  }

  /** Nothing came for too long. */
  public KassException silent() {
    return new Unavailable(where + " has sent nothing for " + seconds(idleTimeout) + ".");
  }

  /** The scope's time is over. */
  public static KassException late() {
    return new Unavailable("The time allowed for this request has passed.");
  }

  /** What a server said in its error's body, after a colon; or only the end of the sentence. */
  public String said(@Nullable Json body) {
    String quote = clean(quote(body));
    return quote.isEmpty() ? "." : ": " + quote;
  }

  /** The message in an error's body, as most servers write it, or an empty text. */
  public static String quote(@Nullable Json body) {
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
  public String clean(String said) {
    String shown = key.isEmpty() ? said : said.replace(key.reveal(), key.toString());
    String line = shown.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    return line.codePointCount(0, line.length()) <= LONGEST_QUOTE
        ? line
        : line.substring(0, line.offsetByCodePoints(0, LONGEST_QUOTE)) + "…";
  }

  /** Seconds, or a date (RFC 9110, 10.2.3); some servers are exact to milliseconds. */
  public Optional<Duration> retryAfter(HttpHeaders headers) {
    return headers
        .firstValue("retry-after-ms")
        .flatMap(value -> number(value, 1))
        .or(() -> headers.firstValue("retry-after").flatMap(value -> number(value, 1_000)))
        .or(() -> headers.firstValue("retry-after").flatMap(this::untilDate))
        .filter(wait -> !wait.isNegative());
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
