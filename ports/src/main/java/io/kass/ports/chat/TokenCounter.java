package io.kass.ports.chat;

/** Counts tokens as a model does, or close to it. Thread-safe. */
@FunctionalInterface
public interface TokenCounter {
  int count(CharSequence text);
}
