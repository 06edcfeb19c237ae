package io.kass.core.ingestion;

import io.kass.ports.ContentHash;
import io.kass.ports.document.DocumentId;
import io.kass.ports.document.Reading;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger knows of a document.
 *
 * @param index the id of the index that this is about
 * @param id the document
 * @param version the version its store told when it was last seen
 * @param content hash of its bytes and of how they are cut and embedded
 * @param order the order of its last stamp
 * @param chunks how many chunks it has in the index
 * @param state what became of it
 * @param cause why it was skipped, or null when it was not
 * @param message the same for the user; empty when it was not
 */
record DocumentRecord(
    String index,
    DocumentId id,
    String version,
    ContentHash content,
    String order,
    int chunks,
    State state,
    Reading.@Nullable Cause cause,
    String message) {
  /** What became of a document. */
  enum State {
    /** Its chunks are in the index. */
    INDEXED,
    /** It cannot be read; nothing of it is in the index. */
    SKIPPED,
    /** It is gone; kept for its order, so that it may come back. */
    REMOVED
  }

  private static final String FORMAT = "1";
  private static final String PREFIX = "document/";

  /** Ledger keys hold 1,024 bytes; longer ids are cut and told apart by their hash. */
  private static final int LONGEST_PLAIN_ID = 900;

  /** Ledger keys of documents whose ids begin so. */
  static String prefix(String idPrefix) {
    byte[] bytes = idPrefix.getBytes(StandardCharsets.UTF_8);
    return PREFIX + (bytes.length <= LONGEST_PLAIN_ID ? idPrefix : cut(idPrefix));
  }

  /** The ledger key of a document. */
  static String key(DocumentId id) {
    byte[] bytes = id.value().getBytes(StandardCharsets.UTF_8);
    return bytes.length <= LONGEST_PLAIN_ID
        ? PREFIX + id.value()
        : PREFIX + cut(id.value()) + "#" + ContentHash.of(id.value()).hex();
  }

  String encode() {
    return String.join(
        "\n",
        FORMAT,
        index,
        version,
        content.hex(),
        order,
        Integer.toString(chunks),
        state.name(),
        cause == null ? "" : cause.name(),
        message.replace('\n', ' '),
        id.value());
  }

  /** The same, under another version of the same content. */
  DocumentRecord seenAs(String newVersion) {
    return new DocumentRecord(index, id, newVersion, content, order, chunks, state, cause, message);
  }

  /** The same document, gone. */
  DocumentRecord removed(String lastOrder) {
    return new DocumentRecord(
        index, id, "", ContentHash.of(""), lastOrder, 0, State.REMOVED, null, "");
  }

  /** Reads what {@link #encode} wrote; null for a format that this version does not know. */
  static @Nullable DocumentRecord decode(String text) {
    // The id comes last, since it alone may hold a line break.
    List<String> fields = List.of(text.split("\n", 10));
    if (fields.size() != 10 || !fields.get(0).equals(FORMAT)) {
      return null;
    }
    return new DocumentRecord(
        fields.get(1),
        new DocumentId(fields.get(9)),
        fields.get(2),
        new ContentHash(fields.get(3)),
        fields.get(4),
        Integer.parseInt(fields.get(5)),
        State.valueOf(fields.get(6)),
        fields.get(7).isEmpty() ? null : Reading.Cause.valueOf(fields.get(7)),
        fields.get(8));
  }

  /** The longest beginning of whole code points that fits the plain part of a key. */
  private static String cut(String id) {
    int end = 0;
    int bytes = 0;
    while (end < id.length()) {
      int codePoint = id.codePointAt(end);
      bytes += codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
      if (bytes > LONGEST_PLAIN_ID) {
        break;
      }
      end += Character.charCount(codePoint);
    }
    return id.substring(0, end);
  }
}
