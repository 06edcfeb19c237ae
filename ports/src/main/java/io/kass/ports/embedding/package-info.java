/** Texts as vectors. */
@NullMarked
package io.kass.ports.embedding;

import org.jspecify.annotations.NullMarked;
