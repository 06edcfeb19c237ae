/**
 * The language that every part of KASS speaks: interfaces for what the outside world must provide,
 * and the values that cross them. This package holds the words used by all the others: who calls
 * and until when ({@link io.kass.ports.CallScope}), hashes, pages, languages, JSON-shaped values.
 *
 * <p>Every type in {@code io.kass.ports} is either an immutable value or an interface whose
 * implementations must be thread-safe. Expected outcomes are return values; failures are {@link
 * io.kass.ports.error.KassException}.
 */
@NullMarked
package io.kass.ports;

import org.jspecify.annotations.NullMarked;
