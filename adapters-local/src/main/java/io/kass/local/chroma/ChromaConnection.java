package io.kass.local.chroma;

import io.kass.ports.CallScope;
import io.kass.ports.Json;
import io.kass.ports.embedding.Vector;
import io.kass.ports.error.KassException.InvalidRequest;
import io.kass.ports.error.KassException.Misconfigured;
import io.kass.ports.index.StoredChunk;
import io.kass.ports.ledger.Ledger;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds the collection at its first use, and holds it to what is expected of it. Thread-safe: who
 * comes first at the same time finds the same.
 */
final class ChromaConnection {
  private static final String MODEL = OwnRecords.PREFIX + "model";
  private static final String CHUNKER = OwnRecords.PREFIX + "chunker";

  /**
   * What the collection is to be used for.
   *
   * @param model id of the embedding model
   * @param dimension length of its vectors
   * @param space how vectors compare, or null to take it as it is
   * @param chunker id and version of the chunkers
   */
  record Wanted(String model, int dimension, @Nullable Space space, String chunker) {}

  /** The collection, its notes in the ledger, and the shapes of its records. */
  record Opened(
      ChromaCollection collection,
      Generations generations,
      Generations.Purpose purpose,
      OwnRecords own) {}

  private final ChromaConfig config;
  private final ChromaClient client;
  private final Ledger ledger;
  private final Wanted wanted;
  private volatile @Nullable Opened opened;

  ChromaConnection(ChromaConfig config, ChromaClient client, Ledger ledger, Wanted wanted) {
    this.config = config;
    this.client = client;
    this.ledger = ledger;
    this.wanted = wanted;
  }

  Wanted wanted() {
    return wanted;
  }

  /** The space that a new collection gets. */
  Space space() {
    return wanted.space() == null ? Space.COSINE : wanted.space();
  }

  /**
   * The collection; null when there is none and a write would make it.
   *
   * @throws Misconfigured when there is none, or it is not what is wanted
   */
  @Nullable Opened find(CallScope scope) {
    Opened current = opened;
    if (current != null) {
      return current;
    }
    ChromaApi api = client.api(scope);
    ChromaCollection found = client.find(scope, api);
    if (found != null) {
      return checked(scope, found);
    }
    if (!config.create()) {
      throw client.missing(scope, api);
    }
    return null;
  }

  /** The collection, made when there is none. */
  Opened make(CallScope scope) {
    Opened found = find(scope);
    if (found != null) {
      return found;
    }
    var metadata = new TreeMap<String, Json>();
    metadata.put("hnsw:space", Json.of(space().word()));
    metadata.put(MODEL, Json.of(wanted.model()));
    metadata.put(CHUNKER, Json.of(wanted.chunker()));
    return checked(scope, client.create(scope, client.api(scope), metadata));
  }

  /** Forgets the collection, which is no longer there. */
  void forget() {
    opened = null;
  }

  private Opened checked(CallScope scope, ChromaCollection found) {
    if (found.dimension() != 0 && found.dimension() != wanted.dimension()) {
      throw new Misconfigured(
          ("The collection '%s' holds vectors of %d dimensions, the embedding model '%s' makes %d."
                  + " Set the model that the collection was built with: EMBEDDING_PROVIDER, and"
                  + " EMBED_MODEL or GEMINI_EMBED_MODEL (voyage-2 makes 1024, gemini-embedding-001"
                  + " 3072).")
              .formatted(
                  config.collection(), found.dimension(), wanted.model(), wanted.dimension()));
    }
    var purpose =
        new Generations.Purpose(
            wanted.model(), wanted.dimension(), found.space().metric().name(), wanted.chunker());
    if (wanted.space() != null && wanted.space() != found.space()) {
      throw mismatch("metric", found.space().metric().name(), wanted.space().metric().name());
    }
    var generations = new Generations(ledger, found.id());
    Generations.State state = generations.state(scope);
    if (state != null) {
      requireSame("model", state.purpose().model(), wanted.model());
      requireSame(
          "dimension",
          Integer.toString(state.purpose().dimension()),
          Integer.toString(wanted.dimension()));
      requireSame("chunker", state.purpose().chunker(), wanted.chunker());
    }
    var result =
        new Opened(found, generations, purpose, new OwnRecords(found.space(), wanted.dimension()));
    if (found.dimension() != 0) {
      opened = result; // before that, others may still decide on a dimension
    }
    return result;
  }

  private void requireSame(String what, String found, String asked) {
    if (!found.equals(asked)) {
      throw mismatch(what, found, asked);
    }
  }

  private Misconfigured mismatch(String what, String found, String asked) {
    return new Misconfigured(
        ("The collection '%s' was built for the %s '%s', not for '%s'. Go back to the setting it"
                + " was built for, or use another collection.")
            .formatted(config.collection(), what, found, asked));
  }

  /** Refuses what the collection cannot hold, before anything is written. */
  void check(StoredChunk chunk) {
    checkDimension(chunk.vector());
    chunk.sentences().forEach(sentence -> checkDimension(sentence.vector()));
  }

  void checkDimension(@Nullable Vector vector) {
    if (vector != null && vector.dimension() != wanted.dimension()) {
      throw new InvalidRequest(
          "A vector has %d dimensions, but this index is for vectors of %d."
              .formatted(vector.dimension(), wanted.dimension()));
    }
  }
}
