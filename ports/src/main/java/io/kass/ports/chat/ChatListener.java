package io.kass.ports.chat;

/** Hears a reply as it comes. Called by one thread at a time; must return quickly. */
@FunctionalInterface
public interface ChatListener {
  /** The next piece of the reply's text, as the model sends it; never empty. */
  void text(String piece);
}
