/** Measurements: microbenchmarks and side-by-side runs. */
@NullMarked
package io.kass.benchmarks;

import org.jspecify.annotations.NullMarked;
