/** Answers kept for a while. */
@NullMarked
package io.kass.ports.cache;

import org.jspecify.annotations.NullMarked;
