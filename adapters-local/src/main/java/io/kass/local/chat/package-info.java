/**
 * Language models behind servers: those that speak OpenAI's chat protocol (Groq, llama.cpp, vLLM,
 * LM Studio, OpenAI itself), Google's Gemini, and Ollama. Straight on the JDK's HTTP client.
 */
@NullMarked
package io.kass.local.chat;

import org.jspecify.annotations.NullMarked;
