/**
 * The chunk index of the embedded backend: words and vectors in one Lucene index in a directory.
 * One process writes, any number reads; what a commit returned for survives anything but the disk.
 */
@NullMarked
package io.kass.local.lucene;

import org.jspecify.annotations.NullMarked;
