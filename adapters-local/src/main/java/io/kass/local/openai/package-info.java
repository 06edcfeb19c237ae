/**
 * Language models behind any server that speaks OpenAI's chat protocol: Ollama, llama.cpp, vLLM, LM
 * Studio, Groq, OpenAI itself. Straight on the JDK's HTTP client.
 */
@NullMarked
package io.kass.local.openai;

import org.jspecify.annotations.NullMarked;
