package io.kass.local.lucene;

import io.kass.ports.embedding.Vector;
import io.kass.ports.index.Sentence;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * The sentences of a chunk as one record of bytes. Their offsets come back as they were; their
 * vectors keep their length, and their direction with a byte a value: the largest becomes 127, and
 * the cosine to the original stays above 0.99 up to some thousand dimensions.
 */
final class SentenceRecord {
  private static final int STEPS = Byte.MAX_VALUE;

  /** Beyond these a step might be no float any more; only the direction is kept there. */
  private static final double SHORTEST = 1e-30;

  private static final double LONGEST = 1e30;

  private SentenceRecord() {}

  static BytesRef encode(List<Sentence> sentences, int dimension) {
    var out = new BytesWriter(16 + sentences.size() * (dimension + 16));
    out.writeInt(sentences.size());
    for (Sentence sentence : sentences) {
      out.writeInt(sentence.begin());
      out.writeInt(sentence.end());
      Vector vector = sentence.vector();
      out.writeByte(vector == null ? 0 : 1);
      if (vector != null) {
        write(vector, out);
      }
    }
    return out.finish();
  }

  static List<Sentence> decode(BytesRef bytes, int dimension) throws IOException {
    var in = new BytesReader(bytes);
    int count = in.readInt();
    var sentences = new ArrayList<Sentence>();
    for (int i = 0; i < count; i++) {
      int begin = in.readInt();
      int end = in.readInt();
      @Nullable Vector vector = in.readByte() == 0 ? null : read(in, dimension);
      sentences.add(new Sentence(begin, end, vector));
    }
    return sentences;
  }

  private static void write(Vector vector, BytesWriter out) {
    float largest = 0;
    for (int i = 0; i < vector.dimension(); i++) {
      largest = Math.max(largest, Math.abs(vector.get(i)));
    }
    out.writeLong(Double.doubleToRawLongBits(vector.length()));
    for (int i = 0; i < vector.dimension(); i++) {
      out.writeByte((int) Math.round((double) vector.get(i) / largest * STEPS));
    }
  }

  private static Vector read(BytesReader in, int dimension) throws IOException {
    double length = Math.clamp(Double.longBitsToDouble(in.readLong()), SHORTEST, LONGEST);
    byte[] steps = in.readBytes(dimension);
    int square = 0;
    for (byte step : steps) {
      square += step * step;
    }
    float size = (float) (length / Math.sqrt(square));
    float[] values = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      values[i] = steps[i] * size;
    }
    return Vector.adopt(values);
  }
}
