package io.kass.local.chroma;

import io.kass.local.http.HttpAnswer;
import io.kass.local.http.Members;
import io.kass.local.http.RemoteServer;
import io.kass.local.http.Retries;
import io.kass.ports.CallScope;
import io.kass.ports.Json;
import io.kass.ports.embedding.Vector;
import io.kass.ports.error.KassException.Misconfigured;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The server's operations. Thread-safe; every call ends with its scope. */
final class ChromaClient implements AutoCloseable {
  static final List<String> NOTHING = List.of();
  static final List<String> EMBEDDINGS = List.of("embeddings");
  static final List<String> METADATAS = List.of("metadatas");
  static final List<String> TEXTS = List.of("documents", "metadatas");
  static final List<String> ALL = List.of("documents", "metadatas", "embeddings");

  private static final int NOT_FOUND = 404;

  /** What 1.0 says to a search while the first records of a collection are being written. */
  private static final String NO_VECTORS_YET = "hnsw segment reader: Nothing found on disk";

  /** What 1.0 says when a record is deleted between its finding it and its reading it. */
  private static final String JUST_DELETED = "Error finding id";

  private static final int ATTEMPTS = 20;

  /** What servers that do not say how many records a write may have have always taken. */
  private static final int USUAL_BATCH = 5_000;

  /** How many names a message lists. */
  private static final int LISTED = 20;

  private final ChromaConfig config;
  private final ChromaErrors errors;
  private final RemoteServer server;

  /** Of writes: half of one is worse than a late one. */
  private final Retries writes;

  /** Opens no connection yet. */
  ChromaClient(ChromaConfig config, InstantSource clock) {
    this.config = config;
    this.errors = new ChromaErrors(config, clock);
    this.server = new RemoteServer(errors.server());
    this.writes = new Retries(Retries.USUAL, new Random(), clock);
  }

  ChromaErrors errors() {
    return errors;
  }

  private HttpAnswer get(CallScope scope, String path) {
    return server.ask(scope, request(path).GET().build(), Integer.MAX_VALUE);
  }

  /** Each of our requests says the whole of what it wants: sending it twice does no harm. */
  private HttpAnswer post(CallScope scope, String path, byte[] body) {
    HttpRequest request =
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(body))
            .build();
    return server.ask(scope, request, Integer.MAX_VALUE);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(config.address() + path))
        .header("Accept", "application/json");
  }

  /**
   * Asks the server which version it speaks. Not by its version number, which tells a release, not
   * an API.
   *
   * @throws Misconfigured when something else listens there
   */
  ChromaApi api(CallScope scope) {
    HttpAnswer two = get(scope, ChromaApi.V2.heartbeat());
    if (isHeartbeat(two)) {
      return ChromaApi.V2;
    }
    if (two.status() == 401 || two.status() == 403 || two.status() >= 500) {
      throw errors().status(two);
    }
    HttpAnswer one = get(scope, ChromaApi.V1.heartbeat());
    if (isHeartbeat(one)) {
      return ChromaApi.V1;
    }
    throw one.status() >= 500 ? errors().status(one) : errors().notChroma(two);
  }

  /** The server's release, such as {@code 1.0.0}; empty where it does not say. */
  String version(CallScope scope, ChromaApi api) {
    HttpAnswer answer = get(scope, api.version());
    return answer.isFine() && answer.json() instanceof Json.Text(String version) ? version : "";
  }

  private static boolean isHeartbeat(HttpAnswer answer) {
    return answer.isFine()
        && answer.json() instanceof Json.Obj object
        && object.get("nanosecond heartbeat") instanceof Json.Int;
  }

  /** The configured collection, or null when there is none of this name. */
  @Nullable ChromaCollection find(CallScope scope, ChromaApi api) {
    HttpAnswer answer = get(scope, api.collection(config, config.collection()));
    if (answer.isFine()) {
      return collection(scope, api, answer);
    }
    // 1.x: 404. 0.4: 500 {"error": "ValueError('Collection x does not exist.')"}; 0.5: 400.
    if (answer.isJson()
        && ChromaErrors.message(answer).matches("(?is).*collection.*does not exist.*")) {
      return null;
    }
    if (answer.status() == NOT_FOUND && answer.isJson()) {
      return null;
    }
    throw errors().status(answer);
  }

  private ChromaCollection collection(CallScope scope, ChromaApi api, HttpAnswer answer) {
    ChromaCollection found = ChromaCollection.of(api, answer.json(), batch(scope, api));
    if (found.id().isEmpty()) {
      throw errors().unreadable("a collection without an id");
    }
    if (api == ChromaApi.V1 && found.dimension() == 0) {
      // It does not tell; a record does.
      for (ChromaRecord first : get(scope, found, null, null, 1, EMBEDDINGS)) {
        Vector embedding = first.embedding();
        return embedding == null ? found : found.withDimension(embedding.dimension());
      }
    }
    return found;
  }

  private int batch(CallScope scope, ChromaApi api) {
    HttpAnswer answer = get(scope, api.preFlightChecks());
    return answer.isFine()
            && answer.json() instanceof Json.Obj object
            && object.get("max_batch_size") instanceof Json.Int(long most)
            && most > 0
        ? (int) Math.min(most, USUAL_BATCH)
        : USUAL_BATCH;
  }

  /** Makes the configured collection. */
  ChromaCollection create(CallScope scope, ChromaApi api, Map<String, Json> metadata) {
    HttpAnswer answer =
        post(scope, api.collections(config), RequestWriter.create(config.collection(), metadata));
    if (answer.status() == NOT_FOUND || (!answer.isFine() && !hasDatabase(scope, api))) {
      throw missing(scope, api);
    }
    return collection(scope, api, fine(answer));
  }

  /** That there is no such collection: what is missing, and what there is. */
  Misconfigured missing(CallScope scope, ChromaApi api) {
    if (!get(scope, api.tenant(config)).isFine()) {
      return new Misconfigured(
          "%s has no tenant '%s'; the usual one is 'default_tenant'."
              .formatted(errors().where(), config.tenant()));
    }
    if (!hasDatabase(scope, api)) {
      List<String> databases = names(get(scope, api.tenant(config) + "/databases"));
      return new Misconfigured(
          "%s has no database '%s' in the tenant '%s'; %s."
              .formatted(
                  errors().where(),
                  config.database(),
                  config.tenant(),
                  databases.isEmpty()
                      ? "the usual one is 'default_database'"
                      : "it has " + listed(databases)));
    }
    List<String> collections = names(get(scope, api.collections(config)));
    return new Misconfigured(
        "%s has no collection '%s'; the database '%s' has %s. CHROMADB_COLLECTION sets it."
            .formatted(
                errors().where(),
                config.collection(),
                config.database(),
                collections.isEmpty() ? "none at all" : listed(collections)));
  }

  private boolean hasDatabase(CallScope scope, ChromaApi api) {
    return get(scope, api.database(config)).isFine();
  }

  private static List<String> names(HttpAnswer answer) {
    var names = new ArrayList<String>();
    if (answer.isFine() && answer.json() instanceof Json.Array(List<Json> items)) {
      items.forEach(item -> names.add(Members.text(item, "name")));
    }
    return names;
  }

  private static String listed(List<String> names) {
    String some = String.join("', '", names.stream().sorted().limit(LISTED).toList());
    return "'" + some + "'" + (names.size() > LISTED ? " and more" : "");
  }

  long count(CallScope scope, ChromaCollection collection) {
    HttpAnswer answer = fine(get(scope, operation(collection, "count")));
    if (answer.json() instanceof Json.Int(long count)) {
      return count;
    }
    throw errors().unreadable("a count that is no number");
  }

  /**
   * The records of these ids, or that meet a condition, or both; all of them when neither is given.
   * In no order that could be relied on.
   *
   * @param limit how many at the most, or 0 for all
   */
  List<ChromaRecord> get(
      CallScope scope,
      ChromaCollection collection,
      @Nullable Collection<String> ids,
      @Nullable Json where,
      int limit,
      List<String> include) {
    if (ids != null && ids.isEmpty()) {
      return List.of();
    }
    byte[] body = RequestWriter.get(ids, where, limit, include);
    return records(fine(read(scope, operation(collection, "get"), body)), false);
  }

  /** Reads, again when the server stumbled over a record that was just being deleted. */
  private HttpAnswer read(CallScope scope, String path, byte[] body) {
    HttpAnswer answer = post(scope, path, body);
    for (int i = 0; i < ATTEMPTS && answer.status() >= 500; i++) {
      if (!ChromaErrors.message(answer).contains(JUST_DELETED)) {
        break;
      }
      answer = post(scope, path, body);
    }
    return answer;
  }

  /** The ids of all records. */
  List<String> ids(CallScope scope, ChromaCollection collection) {
    return get(scope, collection, null, null, 0, NOTHING).stream().map(ChromaRecord::id).toList();
  }

  /** The nearest records, nearest first. */
  List<ChromaRecord> query(
      CallScope scope,
      ChromaCollection collection,
      Vector vector,
      int count,
      @Nullable Json where,
      List<String> include) {
    byte[] body = RequestWriter.query(vector, count, where, include);
    HttpAnswer answer = read(scope, operation(collection, "query"), body);
    if (!answer.isFine() && ChromaErrors.message(answer).contains(NO_VECTORS_YET)) {
      return List.of();
    }
    return records(fine(answer), true);
  }

  void upsert(CallScope scope, ChromaCollection collection, List<ChromaRow> rows) {
    write(scope, operation(collection, "upsert"), RequestWriter.upsert(rows));
  }

  void delete(CallScope scope, ChromaCollection collection, Collection<String> ids) {
    if (!ids.isEmpty()) {
      write(scope, operation(collection, "delete"), RequestWriter.delete(ids, null));
    }
  }

  void delete(CallScope scope, ChromaCollection collection, Json where) {
    write(scope, operation(collection, "delete"), RequestWriter.delete(null, where));
  }

  /** Writes, as often as the server asks to wait and the caller has time for it. */
  private void write(CallScope scope, String path, byte[] body) {
    writes.whenThrottled(scope, () -> fine(post(scope, path, body)));
  }

  private String operation(ChromaCollection collection, String name) {
    return collection.api().operation(config, collection.id(), name);
  }

  private HttpAnswer fine(HttpAnswer answer) {
    if (!answer.isFine()) {
      throw errors().status(answer);
    }
    if (!answer.isJson()) {
      throw errors().notChroma(answer);
    }
    return answer;
  }

  private List<ChromaRecord> records(HttpAnswer answer, boolean nested) {
    try {
      return AnswerReader.records(answer.bytes(), nested);
    } catch (IOException e) {
      throw errors().unreadable(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
