/** Work side by side on virtual threads, ending as one. */
@NullMarked
package io.kass.core.concurrent;

import org.jspecify.annotations.NullMarked;
