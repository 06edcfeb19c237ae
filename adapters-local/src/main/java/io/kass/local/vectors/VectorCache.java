package io.kass.local.vectors;

import io.kass.ports.CallScope;
import io.kass.ports.embedding.Vector;
import java.util.Collection;
import java.util.Map;

/**
 * Vectors of texts, by text and model. Bounded: it may have forgotten anything. What it gives back
 * has the direction of what it was given to within a ten thousandth. Thread-safe, and safe between
 * processes.
 */
public interface VectorCache {
  /** The vectors that are known, by their texts. */
  Map<String, Vector> get(CallScope scope, String model, Collection<String> texts);

  /** Keeps vectors, by their texts. The last ones may be lost in a power cut. */
  void put(CallScope scope, String model, Map<String, Vector> vectors);
}
