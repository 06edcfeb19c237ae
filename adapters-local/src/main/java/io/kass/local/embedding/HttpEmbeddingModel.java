package io.kass.local.embedding;

import io.kass.local.http.HttpAnswer;
import io.kass.local.http.ModelErrors;
import io.kass.local.http.RemoteServer;
import io.kass.local.http.Retries;
import io.kass.ports.CallScope;
import io.kass.ports.Json;
import io.kass.ports.embedding.EmbeddingInfo;
import io.kass.ports.embedding.EmbeddingModel;
import io.kass.ports.embedding.Purpose;
import io.kass.ports.embedding.Vector;
import io.kass.ports.error.KassException;
import io.kass.ports.error.KassException.InvalidRequest;
import io.kass.ports.error.KassException.Misconfigured;
import io.kass.ports.error.KassException.Unavailable;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** An embedding model behind a server. Closing it ends the requests that run. */
final class HttpEmbeddingModel implements EmbeddingModel, AutoCloseable {
  /** Gemini takes 100 texts at once, Voyage 128, OpenAI 2,048. */
  private static final int BATCH_TEXTS = 100;

  /** A character is hardly ever more than two tokens; 120,000 of these is the least limit. */
  private static final int BATCH_CHARACTERS = 60_000;

  /** Hardly any text has more characters a token than this; what is beyond is not read anyway. */
  private static final int CHARACTERS_A_TOKEN = 8;

  /** How many bytes an answer may have: 100 vectors of 4,096 numbers with 17 digits, and room. */
  private static final int LONGEST = 16 << 20;

  private final EmbeddingInfo info;
  private final EmbeddingProtocol protocol;
  private final ModelErrors errors;
  private final RemoteServer server;
  private final Retries retries;
  private final InstantSource clock;

  /** Opens no connection yet. */
  HttpEmbeddingModel(EmbeddingConfig config, InstantSource clock, Retries retries) {
    this.info = Known.info(config);
    this.protocol = EmbeddingProtocol.of(config);
    this.errors = Known.errors(config, protocol.endpoint(), clock);
    this.server = new RemoteServer(errors.server());
    this.retries = retries;
    this.clock = clock;
  }

  @Override
  public EmbeddingInfo info() {
    return info;
  }

  /**
   * Texts of a call that are sent together.
   *
   * @param first the position of the first of them in the call
   * @param texts one or more
   */
  private record Batch(int first, List<String> texts) {
    private Batch part(int from, int to) {
      return new Batch(first + from, texts.subList(from, to));
    }
  }

  @Override
  public List<Vector> embed(CallScope scope, Purpose purpose, List<String> texts) {
    EmbeddingModel.refuseBlank(texts);
    scope.check(clock);
    var all =
        new Batch(
            0,
            texts.stream().map(text -> cut(text, info.maxTokens() * CHARACTERS_A_TOKEN)).toList());
    var vectors = new ArrayList<Vector>();
    int from = 0;
    while (from < texts.size()) {
      int end = endOfBatch(all.texts(), from);
      vectors.addAll(vectors(scope, purpose, all.part(from, end)));
      from = end;
    }
    return vectors;
  }

  private static int endOfBatch(List<String> texts, int from) {
    int end = from + 1;
    int characters = texts.get(from).length();
    while (end < texts.size() && end - from < BATCH_TEXTS) {
      characters += texts.get(end).length();
      if (characters > BATCH_CHARACTERS) {
        break;
      }
      end++;
    }
    return end;
  }

  /** The beginning of a text, no longer than this and of whole characters. */
  private static String cut(String text, int length) {
    if (text.length() <= length) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
    return text.substring(0, Math.max(end, 1));
  }

  /** The vectors of a batch, or of its parts where the server does not take it whole. */
  private List<Vector> vectors(CallScope scope, Purpose purpose, Batch batch) {
    int size = batch.texts().size();
    return switch (retries.run(scope, server, () -> ask(scope, purpose, batch))) {
      case Reply.Vectors(List<Vector> vectors) -> vectors;
      case Reply.Refused refused -> {
        if (size > 1) {
          // Half of it may be short enough; and in the end the text is known that is refused.
          var vectors = new ArrayList<>(vectors(scope, purpose, batch.part(0, size / 2)));
          vectors.addAll(vectors(scope, purpose, batch.part(size / 2, size)));
          yield vectors;
        }
        String text = batch.texts().getFirst();
        if (refused.tooLong() && text.length() > 1) {
          // Only the server knows its tokens. A half is soon short enough.
          var half = new Batch(batch.first(), List.of(cut(text, text.length() / 2)));
          yield vectors(scope, purpose, half);
        }
        throw refused.failure();
      }
    };
  }

  /** What came of a request. */
  private sealed interface Reply {
    /** As many as there were texts. */
    record Vectors(List<Vector> vectors) implements Reply {}

    /** The server does not take these texts, perhaps because they are more than it reads. */
    record Refused(boolean tooLong, KassException failure) implements Reply {}
  }

  private Reply ask(CallScope scope, Purpose purpose, Batch batch) {
    HttpAnswer answer = server.ask(scope, protocol.request(purpose, batch.texts()), LONGEST);
    if (answer.isFine()) {
      return new Reply.Vectors(vectors(answer, batch));
    }
    int status = answer.status();
    Json body = answer.json();
    if (ModelErrors.isAboutContent(status, body)) {
      String position = " The text at position " + batch.first() + " is in it.";
      return new Reply.Refused(
          ModelErrors.isTooLong(status, body),
          new Misconfigured(errors.server().refuses(status, body) + position));
    }
    throw errors.status(status, answer.headers(), body);
  }

  private List<Vector> vectors(HttpAnswer answer, Batch batch) {
    List<Json> found = protocol.vectors(answer.json());
    if (found.isEmpty()) {
      throw errors.notTheProtocol();
    }
    if (found.size() != batch.texts().size()) {
      throw new Unavailable(
          "%s gave %d vectors for %d texts."
              .formatted(errors.server().where(), found.size(), batch.texts().size()));
    }
    var vectors = new ArrayList<Vector>();
    for (Json array : found) {
      vectors.add(vector(array, batch.first() + vectors.size()));
    }
    return vectors;
  }

  /** Of unit length, whatever came: some servers shorten vectors and leave them so. */
  private Vector vector(Json array, int position) {
    List<Json> items = ((Json.Array) array).items();
    if (items.size() != info.dimension()) {
      throw dimension(items.size());
    }
    double[] values = items.stream().mapToDouble(this::number).toArray();
    double squares = 0;
    for (double value : values) {
      squares += value * value;
    }
    double length = Math.sqrt(squares);
    float[] unit = new float[values.length];
    for (int i = 0; i < unit.length; i++) {
      unit[i] = (float) (values[i] / length);
    }
    try {
      return Vector.adopt(unit);
    } catch (InvalidRequest e) {
      throw new Unavailable(
          "%s gave a vector without a direction for the text at position %d."
              .formatted(errors.server().where(), position),
          e);
    }
  }

  private double number(Json value) {
    return switch (value) {
      case Json.Real(double real) -> real;
      case Json.Int(long whole) -> whole;
      default -> throw errors.notTheProtocol();
    };
  }

  private Misconfigured dimension(int came) {
    return new Misconfigured(
        "%s gives vectors of %d numbers for the model '%s', not %d. Set its dimension to %d, or the model that the index was built with."
            .formatted(errors.server().where(), came, errors.model(), info.dimension(), came));
  }

  @Override
  public void close() {
    server.close();
  }
}
