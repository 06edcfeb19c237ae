package io.kass.ports.backend;

import io.kass.ports.error.KassException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A part of a backend as it was found.
 *
 * @param name what it is, in one word: {@code chroma}
 * @param facts what is known of it, the most important first: {@code address}, {@code version}, …;
 *     never a secret
 * @param failure why it cannot be used, or null where it can
 */
public record Part(String name, Map<String, String> facts, @Nullable KassException failure) {
  public Part {
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
  }
}
