/** Failures, sorted by who has to act on them. */
@NullMarked
package io.kass.ports.error;

import org.jspecify.annotations.NullMarked;
