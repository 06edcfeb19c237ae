package io.kass.ports.index;

import io.kass.ports.Audience;
import io.kass.ports.Caller;
import io.kass.ports.Language;
import io.kass.ports.embedding.Vector;
import org.jspecify.annotations.Nullable;

/**
 * A search. It cannot be made without a caller, so no search can forget who may see what.
 *
 * @param audience the caller's groups: only chunks whose audience meets them are found
 * @param text words for the keyword leg, or null to leave it out
 * @param language the language of {@code text}
 * @param vector for the vector leg, or null to leave it out
 * @param limit how many hits each leg brings at the most, at least 1
 * @param filter which chunks count
 * @param sentences whether hits bring their sentences
 */
public record ChunkQuery(
    Audience audience,
    @Nullable String text,
    Language language,
    @Nullable Vector vector,
    int limit,
    Filter filter,
    boolean sentences) {
  /** The most hits a leg can be asked for. */
  public static final int MAX_LIMIT = 10_000;

  public ChunkQuery {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("limit is 1 to " + MAX_LIMIT + ": " + limit);
    }
    if (text == null && vector == null) {
      throw new IllegalArgumentException("a search needs words or a vector");
    }
  }

  /** A search by words and, where there is one, a vector, on the caller's behalf. */
  public static ChunkQuery forCaller(
      Caller caller,
      @Nullable String text,
      Language language,
      @Nullable Vector vector,
      int limit,
      Filter filter) {
    return new ChunkQuery(caller.groups(), text, language, vector, limit, filter, false);
  }

  /** The same search, bringing sentences too. */
  public ChunkQuery withSentences() {
    return new ChunkQuery(audience, text, language, vector, limit, filter, true);
  }
}
