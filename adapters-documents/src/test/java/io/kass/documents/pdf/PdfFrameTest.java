package io.kass.documents.pdf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PdfFrameTest {
  @ParameterizedTest
  @MethodSource("frames")
  void comesBackAsItWasSent(PdfFrame frame) throws IOException {
    var bytes = new ByteArrayOutputStream();
    frame.write(new DataOutputStream(bytes));

    assertThat(PdfFrame.read(in(bytes.toByteArray()))).isEqualTo(frame);
  }

  static Stream<PdfFrame> frames() {
    return Stream.of(
        new PdfFrame.Open(1L << 40, 7),
        new PdfFrame.Bytes(ByteBuffer.wrap(new byte[] {1, 2, -3})),
        new PdfFrame.Bytes(ByteBuffer.allocate(0)),
        new PdfFrame.Ready(),
        new PdfFrame.Need(1L << 40, 65_536),
        new PdfFrame.Title("規程 👩‍👩‍👧"),
        new PdfFrame.PageText(3, "page\n"),
        new PdfFrame.PageText(4, ""),
        new PdfFrame.Done(PdfFrame.Outcome.DAMAGED, "its end is missing"));
  }

  /** Nothing at all, an unknown kind, a length below zero, one too long, a text that ends early. */
  @ParameterizedTest
  @ValueSource(strings = {"", "58", "42FFFFFFFF", "427FFFFFFF", "54000000054142", "440001580000"})
  void refusesWhatIsNoFrame(String hex) {
    assertThatThrownBy(() -> PdfFrame.read(in(HexFormat.of().parseHex(hex))))
        .isInstanceOf(IOException.class);
  }

  private static DataInputStream in(byte[] bytes) {
    return new DataInputStream(new ByteArrayInputStream(bytes));
  }
}
