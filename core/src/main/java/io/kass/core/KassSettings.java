package io.kass.core;

import io.kass.core.assistant.AnswerLimits;
import io.kass.core.assistant.AssistantSettings;
import io.kass.core.assistant.Prices;
import io.kass.core.chunking.Chunkers;
import io.kass.core.ingestion.IngestionSettings;

/**
 * All that can be set in core.
 *
 * @param chunkers cut the documents
 * @param ingestion how they are brought in
 * @param assistant how questions are answered
 * @param limits what answers may take
 * @param prices what models cost
 */
public record KassSettings(
    Chunkers chunkers,
    IngestionSettings ingestion,
    AssistantSettings assistant,
    AnswerLimits limits,
    Prices prices) {
  public static final KassSettings DEFAULTS =
      new KassSettings(
          Chunkers.defaults(),
          IngestionSettings.DEFAULTS,
          AssistantSettings.DEFAULTS,
          AnswerLimits.DEFAULTS,
          Prices.UNKNOWN);
}
