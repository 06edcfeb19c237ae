package io.kass.ports.document;

import io.kass.ports.Bytewise;
import io.kass.ports.error.KassException.InvalidRequest;
import java.nio.charset.StandardCharsets;

/**
 * Names a document within one knowledge base: an absolute path with {@code /}, an object key, or
 * {@code legacy/{collection}/{id}}.
 *
 * @param value not empty, at most 4,096 bytes in UTF-8, whole characters, no NUL
 */
public record DocumentId(String value) implements Comparable<DocumentId> {
  public DocumentId {
    if (value.isEmpty()
        || value.indexOf('\0') >= 0
        || Bytewise.hasHalfCharacter(value)
        || value.getBytes(StandardCharsets.UTF_8).length > 4096) {
      throw new InvalidRequest(
          "A document id has 1 to 4096 bytes in UTF-8, whole characters, no NUL.");
    }
  }

  /** The part after the last {@code /}. */
  public String fileName() {
    return value.substring(value.lastIndexOf('/') + 1);
  }

  /** {@linkplain Bytewise Bytewise}. */
  @Override
  public int compareTo(DocumentId other) {
    return Bytewise.compare(value, other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
