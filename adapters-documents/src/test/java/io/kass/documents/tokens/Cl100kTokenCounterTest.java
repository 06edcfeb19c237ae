package io.kass.documents.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.Guice;
import io.kass.ports.chat.TokenCounter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Cl100kTokenCounterTest {
  private final TokenCounter counter =
      Guice.createInjector(new TokensModule()).getInstance(TokenCounter.class);

  /** Counted by OpenAI's own tokenizer, as its cookbook shows them. */
  @ParameterizedTest
  @CsvSource({
    "'', 0",
    "tiktoken is great!, 6",
    "antidisestablishmentarianism, 6",
    "2 + 2 = 4, 7",
    "お誕生日おめでとう, 9",
    "<|endoftext|>, 7"
  })
  void countsAsItsMakerDoes(String text, int tokens) {
    assertThat(counter.count(text)).isEqualTo(tokens);
  }
}
