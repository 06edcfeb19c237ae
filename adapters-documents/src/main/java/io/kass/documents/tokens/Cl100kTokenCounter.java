package io.kass.documents.tokens;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import io.kass.ports.chat.TokenCounter;

/**
 * Counts as OpenAI's {@code cl100k_base} does. What looks like a special token in a document is
 * text as any other.
 */
final class Cl100kTokenCounter implements TokenCounter {
  @Override
  public int count(CharSequence text) {
    return Tables.ENCODING.countTokensOrdinary(text.toString());
  }

  /** Loaded when something is first counted: most runs never do. */
  private static final class Tables {
    private static final Encoding ENCODING =
        Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.CL100K_BASE);
  }
}
