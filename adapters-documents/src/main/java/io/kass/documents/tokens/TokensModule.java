package io.kass.documents.tokens;

import com.google.inject.AbstractModule;
import io.kass.ports.chat.TokenCounter;

/** Binds {@link TokenCounter} to the tokens of {@code cl100k_base}. */
public final class TokensModule extends AbstractModule {
  /** What the tokens are called. */
  public static final String NAME = "cl100k_base";

  /** The counter. Its tables are read when it first counts, which takes about a second. */
  public static TokenCounter counting() {
    return new Cl100kTokenCounter();
  }

  @Override
  protected void configure() {
    bind(TokenCounter.class).toInstance(counting());
  }
}
