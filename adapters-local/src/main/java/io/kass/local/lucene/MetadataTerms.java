package io.kass.local.lucene;

import io.kass.ports.ContentHash;
import io.kass.ports.Json;
import io.kass.ports.Metadata;
import io.kass.ports.index.Filter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.NumericUtils;
import org.jspecify.annotations.Nullable;

/**
 * Metadata as terms of one field, however many names there are: the name, a sign for the kind, and
 * the value in a form whose bytes sort as the values do. Whole and real numbers share a kind.
 */
final class MetadataTerms {
  private static final byte BOOL = 'b';
  private static final byte NUMBER = 'n';
  private static final byte TEXT = 't';

  /** Longer names are kept by their hash. */
  private static final int LONGEST_NAME = 1_000;

  private MetadataTerms() {}

  /** Hands over the terms of every value that a condition can meet. */
  static void forEach(Metadata metadata, Consumer<BytesRef> terms) {
    for (Map.Entry<String, Json> entry : metadata.values().entrySet()) {
      if (entry.getValue() instanceof Json.Array(List<Json> items)) {
        items.forEach(item -> accept(of(entry.getKey(), item), terms));
      } else {
        accept(of(entry.getKey(), entry.getValue()), terms);
      }
    }
  }

  private static void accept(@Nullable BytesRef term, Consumer<BytesRef> terms) {
    if (term != null) {
      terms.accept(term);
    }
  }

  /** The term of a value; null for what no condition meets. */
  static @Nullable BytesRef of(String name, Json value) {
    return switch (value) {
      case Json.Null() -> null;
      case Json.Array(List<Json> items) -> null;
      case Json.Obj(Map<String, Json> members) -> null;
      case Json.Bool(boolean b) -> term(name, BOOL, new byte[] {(byte) (b ? 1 : 0)});
      case Json.Int(long n) -> term(name, NUMBER, sortable(n));
      case Json.Real(double d) -> term(name, NUMBER, sortable(d));
      case Json.Text(String text) -> term(name, TEXT, sortable(text));
    };
  }

  /** Where the values of a bound's kind begin. */
  static BytesRef first(String name, Json bound) {
    return term(name, kind(bound), new byte[0]);
  }

  /** The first term after all values of a bound's kind. */
  static BytesRef afterLast(String name, Json bound) {
    return term(name, (byte) (kind(bound) + 1), new byte[0]);
  }

  private static byte kind(Json bound) {
    return bound instanceof Json.Text ? TEXT : NUMBER;
  }

  private static BytesRef term(String name, byte kind, byte[] value) {
    byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
    boolean isLong = utf8.length > LONGEST_NAME;
    byte[] nameBytes = isLong ? HexFormat.of().parseHex(ContentHash.of(utf8).hex()) : utf8;
    int length = isLong ? 0xffff : utf8.length;
    var out = new BytesWriter(nameBytes.length + value.length + 3);
    // The length comes first, so that no name begins with another one.
    out.writeByte(length >>> 8);
    out.writeByte(length & 0xff);
    out.writeBytes(nameBytes);
    out.writeByte(kind);
    out.writeBytes(value);
    return out.bytes();
  }

  /**
   * A text by its UTF-8 bytes. What is longer than any text that a condition compares with is cut
   * there, and followed by a byte that is greater than any that UTF-8 has: so it still sorts, and
   * equals none of them.
   */
  private static byte[] sortable(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    if (utf8.length <= Filter.MAX_TEXT_BYTES) {
      return utf8;
    }
    byte[] cut = Arrays.copyOf(utf8, Filter.MAX_TEXT_BYTES + 1);
    cut[Filter.MAX_TEXT_BYTES] = (byte) 0xff;
    return cut;
  }

  /** A whole number: the nearest double, then what it differs from that. */
  private static byte[] sortable(long value) {
    double nearest = (double) value;
    int difference = BigDecimal.valueOf(value).subtract(new BigDecimal(nearest)).intValueExact();
    return sortable(nearest, difference);
  }

  private static byte[] sortable(double value) {
    return sortable(value + 0.0, 0); // minus zero becomes zero
  }

  private static byte[] sortable(double value, int difference) {
    byte[] bytes = new byte[Long.BYTES + Integer.BYTES];
    NumericUtils.longToSortableBytes(NumericUtils.doubleToSortableLong(value), bytes, 0);
    NumericUtils.intToSortableBytes(difference, bytes, Long.BYTES);
    return bytes;
  }
}
