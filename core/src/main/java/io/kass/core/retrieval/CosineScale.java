package io.kass.core.retrieval;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a cosine of an embedding model means. Models spread their cosines differently, so where
 * "near" begins has to be measured for each; words alone decide for a model that was not.
 *
 * @param slope how much evidence a nearness of 1 is
 * @param offset the evidence that is needed
 * @param crowded how near the sentences of one collection are to one another, on average, where it
 *     is about so few things that nearness begins to tell less
 */
record CosineScale(double slope, double offset, double crowded) {
  private static final Map<String, CosineScale> MEASURED =
      Map.of("e5-small-v2-q", new CosineScale(110, 87, 0.81));

  /** The scale of a model by the name that its id begins with, or null when it was not measured. */
  static @Nullable CosineScale of(String model) {
    for (Map.Entry<String, CosineScale> entry : MEASURED.entrySet()) {
      if (model.startsWith(entry.getKey())) {
        return entry.getValue();
      }
    }
    return null;
  }
}
