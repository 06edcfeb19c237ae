package io.kass.ports.cache;

import io.kass.ports.Json;
import io.kass.ports.UserId;
import java.time.Instant;

/**
 * An answer as it was given.
 *
 * @param key hash of all that the answer depends on, so that a change of any of it misses
 * @param user who asked first; erased with that user
 * @param answer the answer as core writes it
 * @param expires when it is void
 */
public record CachedAnswer(String key, UserId user, Json.Obj answer, Instant expires) {}
