package io.kass.ports.embedding;

import io.kass.ports.CallScope;
import io.kass.ports.error.KassException.InvalidRequest;
import java.util.List;

/** Turns texts into vectors. Thread-safe. */
public interface EmbeddingModel {
  /** What this model is; the same for its whole life. Does no I/O. */
  EmbeddingInfo info();

  /**
   * Embeds each text. The model makes its own batches; texts beyond its token limit are cut there.
   *
   * @param texts any number, none of them blank
   * @return as many vectors, in the same order, each of {@link EmbeddingInfo#dimension()} and unit
   *     length
   * @throws io.kass.ports.error.KassException.InvalidRequest when a text is blank; the message
   *     tells which, counted from 0
   * @throws io.kass.ports.error.KassException when the model cannot be reached, or the scope ends
   */
  List<Vector> embed(CallScope scope, Purpose purpose, List<String> texts);

  /**
   * What every model does first: refuses texts in which there is nothing to see. White space of any
   * kind counts as nothing, no-break spaces included.
   *
   * @throws InvalidRequest when a text is blank; the message tells which, counted from 0
   */
  static void refuseBlank(List<String> texts) {
    for (int i = 0; i < texts.size(); i++) {
      if (texts.get(i).codePoints().allMatch(EmbeddingModel::isBlank)) {
        throw new InvalidRequest(
            "The text at position " + i + " is blank: there is nothing to embed.");
      }
    }
  }

  private static boolean isBlank(int codePoint) {
    return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint);
  }
}
