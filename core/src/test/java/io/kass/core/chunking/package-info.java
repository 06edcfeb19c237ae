/** Rules of chunking, under texts of every kind. */
@NullMarked
package io.kass.core.chunking;

import org.jspecify.annotations.NullMarked;
