package io.kass.local.onnx;

import io.kass.ports.Language;
import io.kass.ports.embedding.EmbeddingInfo;
import io.kass.ports.embedding.Purpose;
import java.util.Set;

/**
 * What is known of the one model that is on the class path: E5 small, version 2, for English, with
 * 8-bit weights ({@code Xenova/e5-small-v2}).
 */
final class E5Small {
  static final EmbeddingInfo INFO =
      new EmbeddingInfo("e5-small-v2-q", 384, 512, Set.of(Language.ENGLISH));

  static final String MODEL_RESOURCE = "/e5-small-v2-q.onnx";
  static final String TOKENIZER_RESOURCE = "/e5-small-v2-q-tokenizer.json";
  static final String MODEL_SHA_256 =
      "7d9092cb25f2bd1c023b7e8d2aa459044a02030ac880e5a59fdaf27af69f1ded";
  static final String TOKENIZER_SHA_256 =
      "d241a60d5e8f04cc1b2b3e9ef7a4921b27bf526d9f6050ab90f9267a1f9e5c66";

  static final int LAYERS = 12;
  static final int HEADS = 12;

  static final String INPUT_IDS = "input_ids";
  static final String INPUT_TYPES = "token_type_ids";

  private E5Small() {}

  /** The text as the model was trained to be given it. */
  static String prefixed(Purpose purpose, String text) {
    return switch (purpose) {
      case PASSAGE -> "passage: " + text;
      case QUERY -> "query: " + text;
    };
  }
}
