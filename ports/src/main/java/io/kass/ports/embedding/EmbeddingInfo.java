package io.kass.ports.embedding;

import io.kass.ports.Language;
import java.util.Set;

/**
 * What has to be known of an embedding model.
 *
 * @param id names model and everything that changes its vectors; two models with the same id give
 *     vectors of one space
 * @param dimension the length of its vectors
 * @param maxTokens texts are cut beyond this number of tokens of its own tokenizer
 * @param languages the languages it is good at; empty for all
 */
public record EmbeddingInfo(String id, int dimension, int maxTokens, Set<Language> languages) {
  public EmbeddingInfo {
    if (id.isBlank() || dimension < 1 || maxTokens < 1) {
      throw new IllegalArgumentException("not an embedding model: " + id);
    }
    languages = Set.copyOf(languages);
  }

  /** Whether vectors of texts in this language are worth comparing. */
  public boolean speaks(Language language) {
    return languages.isEmpty() || languages.contains(language);
  }
}
