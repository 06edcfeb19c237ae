package io.kass.local.chroma;

import io.kass.ports.CallScope;
import io.kass.ports.Json;
import io.kass.ports.embedding.Vector;
import io.kass.ports.error.KassException.Misconfigured;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
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
  private final ChromaHttp http;

  ChromaClient(ChromaConfig config, ChromaHttp http) {
    this.config = config;
    this.http = http;
  }

  ChromaErrors errors() {
    return http.errors();
  }

  /**
   * Asks the server which version it speaks. Not by its version number, which tells a release, not
   * an API.
   *
   * @throws Misconfigured when something else listens there
   */
  ChromaApi api(CallScope scope) {
    ChromaAnswer two = http.get(scope, ChromaApi.V2.heartbeat());
    if (isHeartbeat(two)) {
      return ChromaApi.V2;
    }
    if (two.status() == 401 || two.status() == 403 || two.status() >= 500) {
      throw errors().status(two);
    }
    ChromaAnswer one = http.get(scope, ChromaApi.V1.heartbeat());
    if (isHeartbeat(one)) {
      return ChromaApi.V1;
    }
    throw one.status() >= 500 ? errors().status(one) : errors().notChroma(two);
  }

  private static boolean isHeartbeat(ChromaAnswer answer) {
    return answer.isFine()
        && answer.json() instanceof Json.Obj object
        && object.get("nanosecond heartbeat") instanceof Json.Int;
  }

  /** The configured collection, or null when there is none of this name. */
  @Nullable ChromaCollection find(CallScope scope, ChromaApi api) {
    ChromaAnswer answer = http.get(scope, api.collection(config, config.collection()));
    if (answer.isFine()) {
      return collection(scope, api, answer);
    }
    // 1.x: 404. 0.4: 500 {"error": "ValueError('Collection x does not exist.')"}; 0.5: 400.
    if (answer.isJson() && answer.message().matches("(?is).*collection.*does not exist.*")) {
      return null;
    }
    if (answer.status() == NOT_FOUND && answer.isJson()) {
      return null;
    }
    throw errors().status(answer);
  }

  private ChromaCollection collection(CallScope scope, ChromaApi api, ChromaAnswer answer) {
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
    ChromaAnswer answer = http.get(scope, api.preFlightChecks());
    return answer.isFine()
            && answer.json() instanceof Json.Obj object
            && object.get("max_batch_size") instanceof Json.Int(long most)
            && most > 0
        ? (int) Math.min(most, USUAL_BATCH)
        : USUAL_BATCH;
  }

  /** Makes the configured collection. */
  ChromaCollection create(CallScope scope, ChromaApi api, Map<String, Json> metadata) {
    ChromaAnswer answer =
        http.post(
            scope, api.collections(config), RequestWriter.create(config.collection(), metadata));
    if (answer.status() == NOT_FOUND || (!answer.isFine() && !hasDatabase(scope, api))) {
      throw missing(scope, api);
    }
    return collection(scope, api, fine(answer));
  }

  /** That there is no such collection: what is missing, and what there is. */
  Misconfigured missing(CallScope scope, ChromaApi api) {
    if (!http.get(scope, api.tenant(config)).isFine()) {
      return new Misconfigured(
          "%s has no tenant '%s'; the usual one is 'default_tenant'."
              .formatted(errors().where(), config.tenant()));
    }
    if (!hasDatabase(scope, api)) {
      List<String> databases = names(http.get(scope, api.tenant(config) + "/databases"));
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
    List<String> collections = names(http.get(scope, api.collections(config)));
    return new Misconfigured(
        "%s has no collection '%s'; the database '%s' has %s. CHROMADB_COLLECTION sets it."
            .formatted(
                errors().where(),
                config.collection(),
                config.database(),
                collections.isEmpty() ? "none at all" : listed(collections)));
  }

  private boolean hasDatabase(CallScope scope, ChromaApi api) {
    return http.get(scope, api.database(config)).isFine();
  }

  private static List<String> names(ChromaAnswer answer) {
    var names = new ArrayList<String>();
    if (answer.isFine() && answer.json() instanceof Json.Array(List<Json> items)) {
      items.forEach(item -> names.add(ChromaErrors.text(item, "name")));
    }
    return names;
  }

  private static String listed(List<String> names) {
    String some = String.join("', '", names.stream().sorted().limit(LISTED).toList());
    return "'" + some + "'" + (names.size() > LISTED ? " and more" : "");
  }

  long count(CallScope scope, ChromaCollection collection) {
    ChromaAnswer answer = fine(http.get(scope, operation(collection, "count")));
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
  private ChromaAnswer read(CallScope scope, String path, byte[] body) {
    ChromaAnswer answer = http.post(scope, path, body);
    for (int i = 0; i < ATTEMPTS && answer.status() >= 500; i++) {
      if (!answer.message().contains(JUST_DELETED)) {
        break;
      }
      answer = http.post(scope, path, body);
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
    ChromaAnswer answer = read(scope, operation(collection, "query"), body);
    if (!answer.isFine() && answer.message().contains(NO_VECTORS_YET)) {
      return List.of();
    }
    return records(fine(answer), true);
  }

  void upsert(CallScope scope, ChromaCollection collection, List<ChromaRow> rows) {
    fine(http.post(scope, operation(collection, "upsert"), RequestWriter.upsert(rows)));
  }

  void delete(CallScope scope, ChromaCollection collection, Collection<String> ids) {
    if (!ids.isEmpty()) {
      fine(http.post(scope, operation(collection, "delete"), RequestWriter.delete(ids, null)));
    }
  }

  void delete(CallScope scope, ChromaCollection collection, Json where) {
    fine(http.post(scope, operation(collection, "delete"), RequestWriter.delete(null, where)));
  }

  private String operation(ChromaCollection collection, String name) {
    return collection.api().operation(config, collection.id(), name);
  }

  private ChromaAnswer fine(ChromaAnswer answer) {
    if (!answer.isFine()) {
      throw errors().status(answer);
    }
    if (!answer.isJson()) {
      throw errors().notChroma(answer);
    }
    return answer;
  }

  private List<ChromaRecord> records(ChromaAnswer answer, boolean nested) {
    try {
      return AnswerReader.records(answer.bytes(), nested);
    } catch (IOException e) {
      throw errors().unreadable(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
