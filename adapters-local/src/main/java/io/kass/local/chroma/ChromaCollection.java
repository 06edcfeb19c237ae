package io.kass.local.chroma;

import io.kass.local.http.Members;
import io.kass.ports.Json;
import org.jspecify.annotations.Nullable;

/**
 * A collection that was found.
 *
 * @param api the version that the server speaks
 * @param id the server's id of it, made at random when it was created
 * @param space how it compares vectors
 * @param dimension the length of its vectors, or 0 while it has none
 * @param batch how many records a write may have
 */
record ChromaCollection(ChromaApi api, String id, Space space, int dimension, int batch) {
  /**
   * What a server says of a collection. It has said how vectors compare in three places: {@code
   * configuration_json.hnsw.space} (1.x), {@code configuration_json.hnsw_configuration.space}
   * (0.6), and the metadata {@code hnsw:space} (before).
   */
  static ChromaCollection of(ChromaApi api, @Nullable Json description, int batch) {
    String space = "l2";
    for (String[] path :
        new String[][] {
          {"configuration_json", "hnsw", "space"},
          {"configuration_json", "spann", "space"},
          {"configuration_json", "hnsw_configuration", "space"},
          {"metadata", "hnsw:space"}
        }) {
      String found = Members.text(description, path);
      if (!found.isEmpty()) {
        space = found;
        break;
      }
    }
    @Nullable Json dimension =
        description instanceof Json.Obj object ? object.get("dimension") : null;
    return new ChromaCollection(
        api,
        Members.text(description, "id"),
        Space.of(space),
        dimension instanceof Json.Int(long n) ? Math.toIntExact(n) : 0,
        batch);
  }

  ChromaCollection withDimension(int known) {
    return new ChromaCollection(api, id, space, known, batch);
  }
}
