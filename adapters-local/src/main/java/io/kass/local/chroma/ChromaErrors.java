package io.kass.local.chroma;

import io.kass.ports.Json;
import io.kass.ports.error.KassException;
import io.kass.ports.error.KassException.InvalidRequest;
import io.kass.ports.error.KassException.Misconfigured;
import io.kass.ports.error.KassException.NotFound;
import io.kass.ports.error.KassException.Throttled;
import io.kass.ports.error.KassException.Unavailable;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import javax.net.ssl.SSLException;

/** What the server and connections to it say when they fail, in the words of the ports. */
final class ChromaErrors {
  private static final Duration DEFAULT_WAIT = Duration.ofSeconds(5);
  private static final int LONGEST_QUOTE = 300;

  private final ChromaConfig config;

  ChromaErrors(ChromaConfig config) {
    this.config = config;
  }

  /** A status other than success, in answer to something that was asked of the collection. */
  KassException status(ChromaAnswer answer) {
    int status = answer.status();
    if (!answer.isJson() && !answer.body().isBlank()) {
      return notChroma(answer);
    }
    return switch (status) {
      case 401, 403 ->
          new Misconfigured(
              "%s refuses access (HTTP %d)%s KASS sends no credentials to Chroma; let it in, or use a proxy that adds them."
                  .formatted(where(), status, said(answer)));
      case 404 ->
          new NotFound(
              "%s has no collection '%s' any more%s"
                  .formatted(where(), config.collection(), said(answer)));
      case 429 -> new Throttled(where() + " asks to wait" + said(answer), wait(answer));
      default ->
          status >= 500 || status == 408
              ? new Unavailable("%s fails (HTTP %d)%s".formatted(where(), status, said(answer)))
              : new InvalidRequest(
                  "%s refuses the request (HTTP %d)%s".formatted(where(), status, said(answer)));
    };
  }

  /** The connection cannot be made, or breaks. */
  Unavailable connection(Throwable cause) {
    String problem =
        switch (cause) {
          case HttpConnectTimeoutException e ->
              "cannot be reached within " + seconds(config.connectTimeout()) + "." + variables();
          case ConnectException e ->
              e.getCause() instanceof UnresolvedAddressException
                  ? "cannot be reached: there is no such host." + variables()
                  : "cannot be reached. Is the server running?" + variables();
          case SSLException e ->
              "cannot be reached safely: " + clean(String.valueOf(e.getMessage())) + variables();
          default -> "broke off: " + clean(String.valueOf(cause.getMessage())) + ".";
        };
    return new Unavailable(where() + " " + problem, cause);
  }

  Unavailable silent() {
    return new Unavailable(
        "%s has not answered within %s; the Chroma setting 'timeout' says how long to wait."
            .formatted(where(), seconds(config.timeout())));
  }

  /** Something answers, but not as Chroma does. */
  Misconfigured notChroma(ChromaAnswer answer) {
    String what = answer.isHtml() ? "with a web page" : "as Chroma does not";
    return new Misconfigured(
        "%s answers %s (HTTP %d). A proxy may stand between, or another server listen there.%s"
            .formatted(where(), what, answer.status(), variables()));
  }

  /** An answer of a shape that was not expected. */
  Misconfigured unreadable(String problem) {
    return new Misconfigured(
        "%s answers in a way that KASS does not know: %s. It knows Chroma 0.4 to 1.x."
            .formatted(where(), problem));
  }

  /** Where the server is, for the beginning of a sentence. */
  String where() {
    return "Chroma at " + config.address();
  }

  static String variables() {
    return " Its address is set by CHROMADB_HOST and CHROMADB_PORT.";
  }

  private static String said(ChromaAnswer answer) {
    String quote = clean(answer.message());
    return quote.isEmpty() ? "." : ": " + quote + (quote.endsWith(".") ? "" : ".");
  }

  /** One short line of what a server said. */
  private static String clean(String said) {
    String line = said.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    return line.codePointCount(0, line.length()) <= LONGEST_QUOTE
        ? line
        : line.substring(0, line.offsetByCodePoints(0, LONGEST_QUOTE)) + "…";
  }

  private static Duration wait(ChromaAnswer answer) {
    try {
      long seconds = Long.parseLong(answer.retryAfter().strip());
      return seconds >= 0 && seconds <= Duration.ofDays(1).toSeconds()
          ? Duration.ofSeconds(seconds)
          : DEFAULT_WAIT;
    } catch (NumberFormatException e) {
      return DEFAULT_WAIT;
    }
  }

  private static String seconds(Duration duration) {
    return duration.toMillis() % 1_000 == 0
        ? duration.toSeconds() + " s"
        : duration.toMillis() + " ms";
  }

  /** The text at the end of a path of names, or an empty one. */
  static String text(Json value, String... path) {
    Json current = value;
    for (String name : path) {
      Json next = current instanceof Json.Obj object ? object.get(name) : null;
      if (next == null) {
        return "";
      }
      current = next;
    }
    return current instanceof Json.Text text ? text.value() : "";
  }
}
