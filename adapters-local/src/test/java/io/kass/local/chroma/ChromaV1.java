package io.kass.local.chroma;

import io.kass.local.chroma.WireServer.Answer;
import io.kass.local.http.Members;
import io.kass.ports.Json;
import io.kass.ports.Metadata;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A server of API v1 as Chroma 0.4.24 speaks it, in memory; a real one is not to be had here. What
 * it does was read in the sources of the 0.4 and 0.5 lines:
 *
 * <ul>
 *   <li>routes, status codes, and errors as {@code {"error": repr(exception)}} with 500: {@code
 *       chromadb/server/fastapi/__init__.py};
 *   <li>an unknown collection is a {@code ValueError('Collection x does not exist.')}, {@code get}
 *       answers columns with null for those that were not asked for, {@code upsert} answers null
 *       and {@code delete} the ids: {@code chromadb/api/segment.py};
 *   <li>an upsert merges metadata, a null takes a name away, and a missing document keeps the old
 *       one: {@code chromadb/segment/impl/metadata/sqlite.py};
 *   <li>{@code $and} and {@code $or} want two parts at the least, and a field one operator: {@code
 *       validate_where} in {@code chromadb/api/types.py};
 *   <li>a value is looked for in the column of its type, so that 1 and 1.0 are two: {@code
 *       sqlite.py}, again. What it does with "not equal" differs between releases; it is refused
 *       here, since KASS does not ask it.
 *   <li>a collection is shown without its dimension: {@code chromadb/api/models/Collection.py};
 *       vectors in the cosine space come back scaled, as hnswlib keeps them.
 * </ul>
 */
final class ChromaV1 implements WireServer.Handler {
  /** A record. */
  record Stored(@Nullable String document, Map<String, Json> metadata, List<Float> embedding) {}

  private static final Answer NOT_FOUND = Answer.json(404, "{\"detail\":\"Not Found\"}");

  private final int batch;
  private final Map<String, Map<String, Stored>> collections = new TreeMap<>();
  private final Map<String, Json> described = new TreeMap<>();
  private final List<Integer> writes = new ArrayList<>();

  /** One that takes so many records in a write. */
  ChromaV1(int batch) {
    this.batch = batch;
  }

  /** How many records each write had. */
  synchronized List<Integer> writes() {
    return List.copyOf(writes);
  }

  /** Puts a record there, whatever its dimension. */
  synchronized void seed(String collection, String id, Stored record) {
    create(collection, new Json.Obj(Map.of()));
    records(collection).put(id, record);
  }

  private Map<String, Stored> records(String name) {
    return collections.getOrDefault(name, Map.of());
  }

  @Override
  public synchronized Answer answer(String method, String path, String body) {
    try {
      return routed(method, path, body);
    } catch (IllegalArgumentException e) {
      return error("ValueError('" + e.getMessage() + "')");
    }
  }

  private static Answer error(String repr) {
    return Answer.json(500, new Json.Obj(Map.of("error", Json.of(repr))).canonical());
  }

  private Answer routed(String method, String path, String body) {
    String plain = path.replaceAll("\\?.*", "");
    if (plain.equals("/api/v1/heartbeat")) {
      return Answer.json(200, "{\"nanosecond heartbeat\":1700000000000000000}");
    }
    if (plain.equals("/api/v1/version")) {
      return Answer.json(200, "\"0.4.24\"");
    }
    if (plain.equals("/api/v1/pre-flight-checks")) {
      return Answer.json(200, "{\"max_batch_size\":%d}".formatted(batch));
    }
    if (plain.startsWith("/api/v1/tenants/")) {
      return plain.endsWith("/default_tenant")
          ? Answer.json(200, "{\"name\":\"default_tenant\"}")
          : Answer.json(404, "{\"error\":\"NotFoundError\",\"message\":\"Tenant not found\"}");
    }
    if (plain.startsWith("/api/v1/databases/")) {
      return plain.endsWith("/default_database")
          ? Answer.json(200, "{\"name\":\"default_database\",\"tenant\":\"default_tenant\"}")
          : Answer.json(404, "{\"error\":\"NotFoundError\",\"message\":\"Database not found\"}");
    }
    if (!plain.startsWith("/api/v1/collections")) {
      return NOT_FOUND;
    }
    String[] parts = plain.substring("/api/v1/collections".length()).split("/", -1);
    if (parts.length < 2) {
      return method.equals("GET")
          ? Answer.json(200, new Json.Array(List.copyOf(described.values())).canonical())
          : created(object(body));
    }
    String second = URLDecoder.decode(parts[1], StandardCharsets.UTF_8);
    if (parts.length == 2) {
      Json found = described.get(second);
      return found == null
          ? error("ValueError('Collection " + second + " does not exist.')")
          : Answer.json(200, found.canonical());
    }
    String name = nameOf(second);
    return switch (parts[2]) {
      case "count" -> Answer.json(200, Integer.toString(records(name).size()));
      case "get" -> get(name, object(body));
      case "query" -> query(name, object(body));
      case "upsert" -> upsert(name, object(body));
      case "delete" -> delete(name, object(body));
      default -> NOT_FOUND;
    };
  }

  private static Json.Obj object(String body) {
    return (Json.Obj) Json.parse(body);
  }

  private String nameOf(String id) {
    for (Map.Entry<String, Json> entry : described.entrySet()) {
      if (Members.text(entry.getValue(), "id").equals(id)) {
        return entry.getKey();
      }
    }
    throw new IllegalArgumentException("Collection " + id + " does not exist.");
  }

  private Answer created(Json.Obj request) {
    String name = Members.text(request, "name");
    Json metadata = request.get("metadata");
    create(name, metadata == null ? new Json.Null() : metadata);
    return Answer.json(200, described.getOrDefault(name, new Json.Null()).canonical());
  }

  private void create(String name, Json metadata) {
    collections.computeIfAbsent(name, n -> new LinkedHashMap<>());
    described.computeIfAbsent(
        name,
        n ->
            new Json.Obj(
                Map.of(
                    "name", Json.of(n),
                    "id", Json.of(UUID.randomUUID().toString()),
                    "metadata", metadata,
                    "tenant", Json.of("default_tenant"),
                    "database", Json.of("default_database"))));
  }

  private Answer upsert(String name, Json.Obj request) {
    List<Json> ids = items(request, "ids");
    if (ids.size() > batch) {
      throw new IllegalArgumentException("Batch size exceeds maximum batch size " + batch);
    }
    writes.add(ids.size());
    for (int i = 0; i < ids.size(); i++) {
      List<Float> embedding = floats(items(request, "embeddings").get(i));
      for (Stored other : records(name).values()) {
        if (other.embedding().size() != embedding.size()) {
          return error(
              "InvalidDimensionException('Embedding dimension %d does not match collection dimensionality %d')"
                  .formatted(embedding.size(), other.embedding().size()));
        }
      }
      String id = text(ids.get(i));
      Stored before = records(name).get(id);
      Map<String, Json> metadata = new TreeMap<>(before == null ? Map.of() : before.metadata());
      ((Json.Obj) items(request, "metadatas").get(i))
          .members()
          .forEach((key, value) -> {
            if (value instanceof Json.Null) {
              metadata.remove(key);
            } else if (value instanceof Json.Array || value instanceof Json.Obj) {
              throw new IllegalArgumentException("Expected metadata value to be a str, int, float");
            } else {
              metadata.put(key, value);
            }
          });
      Json document = items(request, "documents").get(i);
      String text =
          document instanceof Json.Text(String t) ? t : before == null ? null : before.document();
      records(name)
          .put(id, new Stored(text, metadata, isCosine(name) ? unit(embedding) : embedding));
    }
    return Answer.json(200, "null");
  }

  private boolean isCosine(String name) {
    return Members.text(described.getOrDefault(name, new Json.Null()), "metadata", "hnsw:space")
        .equals("cosine");
  }

  private static List<Float> unit(List<Float> values) {
    double length = Math.sqrt(dot(values, values));
    return values.stream().map(v -> (float) (v / length)).toList();
  }

  private Answer delete(String name, Json.Obj request) {
    List<String> ids = new ArrayList<>(matching(name, request).keySet());
    ids.forEach(records(name)::remove);
    return Answer.json(200, Json.ofTexts(ids).canonical());
  }

  private Answer get(String name, Json.Obj request) {
    Map<String, Stored> found = matching(name, request);
    long limit = request.get("limit") instanceof Json.Int(long n) ? n : Long.MAX_VALUE;
    List<String> ids = found.keySet().stream().limit(limit).toList();
    List<Stored> records = ids.stream().map(found::get).toList();
    return Answer.json(200, columns(ids, records, request, false).canonical());
  }

  private Answer query(String name, Json.Obj request) {
    List<Float> wanted = floats(items(request, "query_embeddings").get(0));
    Map<String, Stored> found = matching(name, request);
    long limit = request.get("n_results") instanceof Json.Int(long n) ? n : 10;
    List<String> ids =
        found.keySet().stream()
            .sorted(
                Comparator.comparingDouble(
                    (String id) -> distance(name, wanted, stored(found, id))))
            .limit(limit)
            .toList();
    List<Stored> records = ids.stream().map(id -> stored(found, id)).toList();
    Map<String, Json> members = new LinkedHashMap<>(columns(ids, records, request, true).members());
    var distances = new ArrayList<Json>();
    records.forEach(record -> distances.add(Json.of(distance(name, wanted, record))));
    members.put("distances", new Json.Array(List.of(new Json.Array(distances))));
    return Answer.json(200, new Json.Obj(members).canonical());
  }

  private static Stored stored(Map<String, Stored> found, String id) {
    return found.getOrDefault(id, new Stored(null, Map.of(), List.of()));
  }

  private double distance(String name, List<Float> a, Stored stored) {
    List<Float> b = stored.embedding();
    if (isCosine(name)) {
      return 1 - dot(unit(a), b);
    }
    return dot(a, a) - 2 * dot(a, b) + dot(b, b);
  }

  private static double dot(List<Float> a, List<Float> b) {
    double sum = 0;
    for (int i = 0; i < a.size(); i++) {
      sum += (double) a.get(i) * b.get(i);
    }
    return sum;
  }

  private static Json.Obj columns(
      List<String> ids, List<Stored> records, Json.Obj request, boolean nested) {
    List<Json> include = items(request, "include");
    var columns = new LinkedHashMap<String, Json>();
    columns.put("ids", nested(Json.ofTexts(ids), nested));
    for (String column : List.of("embeddings", "metadatas", "documents", "uris", "data")) {
      var values = new ArrayList<Json>();
      for (Stored record : records) {
        values.add(
            switch (column) {
              case "embeddings" ->
                  new Json.Array(
                      record.embedding().stream().<Json>map(v -> Json.of((double) v)).toList());
              case "metadatas" ->
                  record.metadata().isEmpty() ? new Json.Null() : new Json.Obj(record.metadata());
              case "documents" ->
                  record.document() == null ? new Json.Null() : Json.of(record.document());
              default -> new Json.Null();
            });
      }
      columns.put(
          column,
          include.contains(Json.of(column))
              ? nested(new Json.Array(values), nested)
              : new Json.Null());
    }
    return new Json.Obj(columns);
  }

  private static Json nested(Json column, boolean nested) {
    return nested ? new Json.Array(List.of(column)) : column;
  }

  private Map<String, Stored> matching(String name, Json.Obj request) {
    Collection<Json> ids = request.get("ids") == null ? null : items(request, "ids");
    Json where = request.get("where");
    var found = new LinkedHashMap<String, Stored>();
    records(name)
        .forEach((id, record) -> {
          boolean named = ids == null || ids.contains(Json.of(id));
          if (named && (where == null || meets((Json.Obj) where, record.metadata()))) {
            found.put(id, record);
          }
        });
    return found;
  }

  private static boolean meets(Json.Obj where, Map<String, Json> metadata) {
    if (where.members().size() != 1) {
      throw new IllegalArgumentException("Expected where to have exactly one operator");
    }
    String field = where.members().keySet().iterator().next();
    Json condition = where.members().values().iterator().next();
    if (field.equals("$and") || field.equals("$or")) {
      List<Json> parts = ((Json.Array) condition).items();
      if (parts.size() < 2) {
        throw new IllegalArgumentException(
            "Expected where value for $and or $or to be a list of"
                + " at least two where expressions");
      }
      return field.equals("$and")
          ? parts.stream().allMatch(part -> meets((Json.Obj) part, metadata))
          : parts.stream().anyMatch(part -> meets((Json.Obj) part, metadata));
    }
    Json.Obj operators = (Json.Obj) condition;
    Json value = new Metadata(new TreeMap<>(metadata)).get(field);
    if (operators.get("$eq") != null) {
      boolean reals =
          operators.get("$eq") instanceof Json.Real(double wanted)
              && value instanceof Json.Real(double there)
              && wanted == there;
      return reals || operators.get("$eq").equals(value);
    }
    if (operators.get("$in") instanceof Json.Array(List<Json> items) && !items.isEmpty()) {
      return value != null && items.contains(value);
    }
    throw new IllegalArgumentException("Expected where operator to be one of those asked here");
  }

  private static List<Json> items(Json.Obj object, String name) {
    return object.get(name) instanceof Json.Array(List<Json> items) ? items : List.of();
  }

  private static String text(Json value) {
    return ((Json.Text) value).value();
  }

  private static List<Float> floats(Json values) {
    var floats = new ArrayList<Float>();
    for (Json value : ((Json.Array) values).items()) {
      floats.add(
          switch (value) {
            case Json.Int(long n) -> (float) n;
            case Json.Real(double d) -> (float) d;
            default -> throw new IllegalArgumentException("Expected embeddings to be numbers");
          });
    }
    return floats;
  }
}
