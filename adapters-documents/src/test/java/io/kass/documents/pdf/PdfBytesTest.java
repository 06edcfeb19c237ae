package io.kass.documents.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import io.kass.documents.guarded.DocumentBytes;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.pdfbox.io.RandomAccessReadBuffer;

class PdfBytesTest {
  static final int LENGTH = 3 * DocumentBytes.PIECE + 100;

  @Property(tries = 300)
  void readsWhateverPdfBoxReadsFromMemory(
      @ForAll @Size(max = 30) List<@IntRange(min = 0, max = LENGTH + 50) Integer> positions,
      @ForAll @IntRange(min = 1, max = 200_000) int atOnce)
      throws IOException {
    byte[] content = new byte[LENGTH];
    new Random(3).nextBytes(content);
    var expected = new RandomAccessReadBuffer(content);
    try (var actual =
        new PdfBytes(new DocumentBytes((from, n) -> slice(content, from, n), LENGTH))) {
      for (int position : positions) {
        expected.seek(position);
        actual.seek(position);
        assertThat(actual.getPosition()).isEqualTo(expected.getPosition());
        assertThat(actual.isEOF()).isEqualTo(expected.isEOF());
        assertThat(actual.peek()).isEqualTo(expected.peek());
        assertThat(actual.read()).isEqualTo(expected.read());
        int length = Math.min(atOnce, (int) (LENGTH - expected.getPosition()));
        byte[] a = new byte[length];
        byte[] b = new byte[length];
        expected.readFully(b);
        actual.readFully(a);
        assertThat(Arrays.equals(a, b)).isTrue();
        assertThat(actual.getPosition()).isEqualTo(expected.getPosition());
      }
    }
  }

  private static byte[] slice(byte[] content, long from, int length) {
    return Arrays.copyOfRange(content, (int) from, (int) from + length);
  }
}
