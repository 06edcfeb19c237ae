package io.kass.local.chroma;

import io.kass.local.http.HttpAnswer;
import io.kass.local.http.ServerErrors;
import io.kass.ports.error.KassException;
import io.kass.ports.error.KassException.InvalidRequest;
import io.kass.ports.error.KassException.Misconfigured;
import io.kass.ports.error.KassException.NotFound;
import io.kass.ports.secret.Secret;
import java.time.Duration;
import java.time.InstantSource;

/** What the server and connections to it say when they fail, in the words of the ports. */
final class ChromaErrors {
  private static final Duration DEFAULT_WAIT = Duration.ofSeconds(5);
  private static final String VARIABLES = "Its address is set by CHROMADB_HOST and CHROMADB_PORT.";

  private final ChromaConfig config;
  private final ServerErrors server;

  ChromaErrors(ChromaConfig config, InstantSource clock) {
    this.config = config;
    this.server =
        new ServerErrors(
            "Chroma at " + config.address(),
            VARIABLES,
            Secret.NONE,
            config.connectTimeout(),
            config.timeout(),
            clock);
  }

  /** What is said of the connection. */
  ServerErrors server() {
    return server;
  }

  /** A status other than success, in answer to something that was asked of the collection. */
  KassException status(HttpAnswer answer) {
    int status = answer.status();
    if (!answer.isJson() && !answer.text().isBlank()) {
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
      case 429 -> server.throttled(answer.headers(), answer.json(), DEFAULT_WAIT);
      default ->
          status >= 500 || status == 408
              ? server.fails(status, answer.json())
              : new InvalidRequest(server.refuses(status, answer.json()));
    };
  }

  /** Something answers, but not as Chroma does. */
  Misconfigured notChroma(HttpAnswer answer) {
    String what = answer.isHtml() ? "with a web page" : "as Chroma does not";
    return new Misconfigured(
        "%s answers %s (HTTP %d). A proxy may stand between, or another server listen there. %s"
            .formatted(where(), what, answer.status(), VARIABLES));
  }

  /** An answer of a shape that was not expected. */
  Misconfigured unreadable(String problem) {
    return new Misconfigured(
        "%s answers in a way that KASS does not know: %s. It knows Chroma 0.4 to 1.x."
            .formatted(where(), problem));
  }

  /**
   * What the server says of a failure: 1.x says {@code {"error": kind, "message": text}}, 0.4 also
   * {@code {"error": "ValueError('text')"}} and, for what it cannot read, {@code {"detail": …}}.
   */
  static String message(HttpAnswer answer) {
    return ServerErrors.quote(answer.json());
  }

  /** Where the server is, for the beginning of a sentence. */
  String where() {
    return server.where();
  }

  private String said(HttpAnswer answer) {
    return server.said(answer.json());
  }
}
