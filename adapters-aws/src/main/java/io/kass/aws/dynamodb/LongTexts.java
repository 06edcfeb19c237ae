package io.kass.aws.dynamodb;

import io.kass.ports.Bytewise;
import io.kass.ports.CallScope;
import io.kass.ports.ContentHash;
import io.kass.ports.error.KassException.Unavailable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.enhanced.dynamodb.Key;

/**
 * Texts of any length as attributes, although an item has at most 400 KB. A long one is cut into
 * items of their own, which are written before the item that speaks of them and named by their
 * content: so whoever sees the item finds its text, and writing it again changes nothing.
 */
final class LongTexts {
  /** What an item may hold of one text, in bytes of UTF-8; no item has more than two. */
  private static final int INLINE_BYTES = 150_000;

  /** The characters of a part: of at most three bytes each, so that it fits. */
  private static final int PART_CHARACTERS = 110_000;

  private static final String PARTITION = "#p#";
  private static final String SORT = "part";
  private static final String TEXT = "text";

  private final Rows rows;

  LongTexts(Rows rows) {
    this.rows = rows;
  }

  /**
   * The item with this text, half characters replaced; its parts, if it has any, are written.
   *
   * @param owner tells the item from all others
   * @param expires when the parts may be deleted, or null
   */
  Row with(
      CallScope scope,
      Row row,
      String attribute,
      String said,
      String owner,
      @Nullable Long expires) {
    String text = Bytewise.whole(said);
    if (text.length() <= INLINE_BYTES / 3
        || text.getBytes(StandardCharsets.UTF_8).length <= INLINE_BYTES) {
      return row.with(attribute, text);
    }
    String hash = ContentHash.ofParts("kass-part-1", owner, attribute, text).hex();
    List<String> pieces = pieces(text);
    var parts = new ArrayList<Row>();
    for (int i = 0; i < pieces.size(); i++) {
      Row part = partKey(hash, i).with(TEXT, pieces.get(i));
      parts.add(expires == null ? part : part.with(TableShape.TTL, expires));
    }
    rows.putAll(scope, parts);
    return row.with(attribute + "_parts", pieces.size()).with(attribute + "_hash", hash);
  }

  private static List<String> pieces(String text) {
    var pieces = new ArrayList<String>();
    int from = 0;
    while (from < text.length()) {
      int to = Math.min(text.length(), from + PART_CHARACTERS);
      if (to < text.length() && Character.isHighSurrogate(text.charAt(to - 1))) {
        to--;
      }
      pieces.add(text.substring(from, to));
      from = to;
    }
    return pieces;
  }

  private Row partKey(String hash, int number) {
    return rows.shape().row(PARTITION + hash + "#" + number, SORT);
  }

  /** The text of an attribute, or null where there is none. */
  @Nullable String read(CallScope scope, Row row, String attribute) {
    if (!row.has(attribute + "_parts")) {
      return row.textOrNull(attribute);
    }
    List<Key> keys = keys(row, attribute);
    var texts = new HashMap<Key, String>();
    rows.getAll(scope, keys).forEach(part -> texts.put(rows.shape().key(part), part.text(TEXT)));
    if (texts.size() < keys.size()) {
      throw new Unavailable(
          "A long text in the DynamoDB table '"
              + rows.shape().name()
              + "' is being deleted or replaced just now. Try again.");
    }
    var text = new StringBuilder();
    keys.forEach(key -> text.append(texts.get(key)));
    return text.toString();
  }

  /** The parts of an attribute's text. */
  List<Key> keys(@Nullable Row row, String attribute) {
    if (row == null || !row.has(attribute + "_parts")) {
      return List.of();
    }
    String hash = row.text(attribute + "_hash");
    return IntStream.range(0, (int) row.number(attribute + "_parts"))
        .mapToObj(i -> rows.shape().key(partKey(hash, i)))
        .toList();
  }
}
