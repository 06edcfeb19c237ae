package io.kass.documents.guarded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kass.ports.document.Block;
import io.kass.ports.document.Locator;
import io.kass.ports.document.Place;
import io.kass.ports.document.Reading;
import io.kass.ports.document.SourceType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameTest {
  @ParameterizedTest
  @MethodSource("frames")
  void comesBackAsItWasSent(Frame frame) throws IOException {
    var bytes = new ByteArrayOutputStream();
    frame.write(new DataOutputStream(bytes));

    assertThat(Frame.read(in(bytes.toByteArray()))).isEqualTo(frame);
  }

  static Stream<Frame> frames() {
    return Stream.of(
        new Frame.Open("a.Parser", 1L << 40, new DocumentParser.Bounds(7, 1L << 41)),
        new Frame.Bytes(ByteBuffer.wrap(new byte[] {1, 2, -3})),
        new Frame.Bytes(ByteBuffer.allocate(0)),
        new Frame.Ready(),
        new Frame.Need(1L << 40, 65_536),
        new Frame.Begin(SourceType.SPREADSHEET, "application/x"),
        new Frame.Blocks(
            List.of(
                new Block.Heading(2, "規程 👩‍👩‍👧", Place.WHOLE),
                new Block.Prose(
                    "page\n", new Place(new Locator.Pages(3, 4), List.of("above"), 7, 12)),
                new Block.TableRow(
                    List.of(new Block.TableRow.Cell("No", "1"), new Block.TableRow.Cell("", "")),
                    new Place(new Locator.Rows("表", 5, 5), List.of(), -1, -1)),
                new Block.Code("java", "{}", Place.WHOLE))),
        new Frame.Blocks(List.of()),
        new Frame.Done(new Reading.Complete(SourceType.PAGED, "application/pdf")),
        new Frame.Done(new Reading.Unreadable(Reading.Cause.DAMAGED, "its end is missing")));
  }

  /** Nothing at all, an unknown kind, a length below zero, one too long, a text that ends early. */
  @ParameterizedTest
  @ValueSource(
      strings = {"", "58", "42FFFFFFFF", "427FFFFFFF", "53000000054142", "44000000015800000000"})
  void refusesWhatIsNoFrame(String hex) {
    assertThatThrownBy(() -> Frame.read(in(HexFormat.of().parseHex(hex))))
        .isInstanceOf(IOException.class);
  }

  private static DataInputStream in(byte[] bytes) {
    return new DataInputStream(new ByteArrayInputStream(bytes));
  }
}
