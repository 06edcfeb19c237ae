/**
 * Embeddings in this process, straight on ONNX Runtime: the small E5 model for English, its
 * tokenizer, and the prepared files that make the first vector quick.
 */
@NullMarked
package io.kass.local.onnx;

import org.jspecify.annotations.NullMarked;
