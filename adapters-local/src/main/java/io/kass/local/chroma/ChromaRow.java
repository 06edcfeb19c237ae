package io.kass.local.chroma;

import io.kass.ports.Json;
import io.kass.ports.embedding.Vector;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A record to be written. Writing one over another keeps the names of its metadata that the new one
 * does not say; a null takes a name away.
 *
 * @param id its id
 * @param document its text, or null for none, which keeps the text of the one that it replaces
 * @param metadata texts, numbers and truth values by name; nulls for what has to go
 * @param embedding its vector: a record without one would make the server refuse all later writes
 *     ("Failed to apply logs to the hnsw segment writer")
 */
record ChromaRow(
    String id, @Nullable String document, Map<String, Json> metadata, Vector embedding) {
  /** The same over a record with these names in its metadata. */
  ChromaRow over(Set<String> names) {
    var all = new TreeMap<String, Json>(metadata);
    names.forEach(name -> all.putIfAbsent(name, new Json.Null()));
    return new ChromaRow(id, document, all, embedding);
  }

  /** About how many bytes it takes on its way. */
  long size() {
    long size = 100L + id.length() + 24L * embedding.dimension();
    size += document == null ? 0 : 3L * document.length();
    for (Map.Entry<String, Json> entry : metadata.entrySet()) {
      size += 3L * entry.getKey().length() + 24;
      size += entry.getValue() instanceof Json.Text text ? 3L * text.value().length() : 0;
    }
    return size;
  }
}
