/**
 * Finding passages: which legs to search, how to fuse them, and whether anything relevant is there.
 */
@NullMarked
package io.kass.core.retrieval;

import org.jspecify.annotations.NullMarked;
