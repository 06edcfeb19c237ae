package io.kass.local.embedding;

import io.kass.local.http.HttpCall;
import io.kass.ports.CallScope;
import io.kass.ports.Json;
import io.kass.ports.embedding.EmbeddingInfo;
import io.kass.ports.embedding.EmbeddingModel;
import io.kass.ports.embedding.Purpose;
import io.kass.ports.embedding.Vector;
import io.kass.ports.error.KassException;
import io.kass.ports.error.KassException.InvalidRequest;
import io.kass.ports.error.KassException.Unavailable;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An embedding model behind a server. Closing it ends the requests that run. */
final class HttpEmbeddingModel implements EmbeddingModel, AutoCloseable {
  /** Gemini takes 100 texts at once, Voyage 128, OpenAI 2,048. */
  private static final int BATCH_TEXTS = 100;

  /** A character is hardly ever more than two tokens; 120,000 of these is the least limit. */
  private static final int BATCH_CHARACTERS = 60_000;

  /** Hardly any text has more characters a token than this; what is beyond is not read anyway. */
  private static final int CHARACTERS_A_TOKEN = 8;

  /** How many bytes of a response are read: 100 vectors of 4,096 numbers with 17 digits. */
  private static final int LONGEST = 16 << 20;

  private final EmbeddingConfig config;
  private final EmbeddingInfo info;
  private final EmbeddingProtocol protocol;
  private final EmbeddingErrors errors;
  private final Retries retries;
  private final InstantSource clock;
  private @Nullable HttpClient client;
  private boolean closed;

  /** Opens no connection yet. */
  HttpEmbeddingModel(EmbeddingConfig config, InstantSource clock, Retries retries) {
    this.config = config;
    this.info = Known.info(config);
    this.protocol = EmbeddingProtocol.of(config);
    this.errors = new EmbeddingErrors(config, protocol, clock);
    this.retries = retries;
    this.clock = clock;
  }

  @Override
  public EmbeddingInfo info() {
    return info;
  }

  @Override
  public List<Vector> embed(CallScope scope, Purpose purpose, List<String> texts) {
    EmbeddingModel.refuseBlank(texts);
    scope.check(clock);
    List<String> read =
        texts.stream().map(text -> cut(text, info.maxTokens() * CHARACTERS_A_TOKEN)).toList();
    var vectors = new ArrayList<Vector>();
    int from = 0;
    while (from < read.size()) {
      int end = endOfBatch(read, from);
      vectors.addAll(batch(scope, purpose, read.subList(from, end)));
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

  /** The vectors of a batch, or of its parts where the server finds it too long. */
  private List<Vector> batch(CallScope scope, Purpose purpose, List<String> texts) {
    Reply reply = retries.run(scope, clock, () -> ask(scope, purpose, texts));
    return switch (reply) {
      case Reply.Vectors(List<Vector> vectors) -> vectors;
      case Reply.TooLong tooLong -> {
        if (texts.size() > 1) {
          int half = texts.size() / 2;
          var vectors = new ArrayList<>(batch(scope, purpose, texts.subList(0, half)));
          vectors.addAll(batch(scope, purpose, texts.subList(half, texts.size())));
          yield vectors;
        }
        // Only the server knows its tokens. A half is soon short enough.
        String text = texts.getFirst();
        if (text.length() < 2) {
          throw tooLong.failure();
        }
        yield batch(scope, purpose, List.of(cut(text, text.length() / 2)));
      }
    };
  }

  /** What came of a request. */
  private sealed interface Reply {
    /** As many as there were texts. */
    record Vectors(List<Vector> vectors) implements Reply {}

    /** More than the model reads. */
    record TooLong(KassException failure) implements Reply {}
  }

  private Reply ask(CallScope scope, Purpose purpose, List<String> texts) {
    scope.check(clock);
    try (HttpCall call =
        HttpCall.send(client(), protocol.request(purpose, texts), scope, clock, errors.server())) {
      HttpCall.Head head = call.head();
      if (head.isFine()) {
        return new Reply.Vectors(vectors(call.body(LONGEST), texts.size()));
      }
      Json body = call.errorBody();
      KassException failure = errors.status(head.status(), head.headers(), body);
      if (EmbeddingErrors.isTooLong(head.status(), body)) {
        return new Reply.TooLong(failure);
      }
      throw failure;
    }
  }

  private List<Vector> vectors(byte[] body, int expected) {
    List<Json> found = protocol.vectors(parsed(body));
    if (found.isEmpty()) {
      throw errors.notTheProtocol();
    }
    if (found.size() != expected) {
      throw errors.count(found.size(), expected);
    }
    return found.stream().map(this::vector).toList();
  }

  private Json parsed(byte[] body) {
    try {
      return Json.parse(new String(body, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      throw errors.notTheProtocol();
    }
  }

  /** Of unit length, whatever came: some servers shorten vectors and leave them so. */
  private Vector vector(Json array) {
    List<Json> items = ((Json.Array) array).items();
    if (items.size() != info.dimension()) {
      throw errors.dimension(items.size());
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
      throw new Unavailable(errors.server().where() + " gave a vector that is none.", e);
    }
  }

  private double number(Json value) {
    return switch (value) {
      case Json.Real(double real) -> real;
      case Json.Int(long whole) -> whole;
      default -> throw errors.notTheProtocol();
    };
  }

  /** Made with the first request: it takes a tenth of a second that not every command needs. */
  private synchronized HttpClient client() {
    if (closed) {
      throw new Unavailable("The embedding model has been closed.");
    }
    if (client == null) {
      client = HttpCall.client(config.connectTimeout());
    }
    return client;
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (client != null) {
      client.shutdownNow();
    }
  }
}
