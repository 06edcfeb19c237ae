/**
 * Cuts documents into the passages that are searched and cited, and passages into the sentences
 * that are quoted. Everything here is a function of the text alone and works on offsets: a chunk's
 * text is the source itself between two offsets, never put together anew. {@link
 * io.kass.core.chunking.Chunkers} is the way in.
 */
@NullMarked
package io.kass.core.chunking;

import org.jspecify.annotations.NullMarked;
