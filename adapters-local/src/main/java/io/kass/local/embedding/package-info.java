/**
 * Embedding models behind HTTP: Gemini's, Voyage's, and any server that speaks OpenAI's embeddings
 * protocol. Straight on the JDK's HTTP client.
 */
@NullMarked
package io.kass.local.embedding;

import org.jspecify.annotations.NullMarked;
