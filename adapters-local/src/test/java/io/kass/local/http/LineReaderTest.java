package io.kass.local.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineReaderTest {
  @Test
  void readsTheSameWhereverTheBytesAreCut() {
    byte[] bytes = "{\"a\": \"日本\"}\r\n\n  \n{\"b\": \"😀\"}\nlast".getBytes(UTF_8);
    for (int cut = 0; cut <= bytes.length; cut++) {
      var reader = new LineReader(100);
      var lines = new ArrayList<>(reader.read(ByteBuffer.wrap(bytes, 0, cut)));
      lines.addAll(reader.read(ByteBuffer.wrap(bytes, cut, bytes.length - cut)));
      lines.addAll(reader.end());

      assertThat(lines).containsExactly("{\"a\": \"日本\"}", "{\"b\": \"😀\"}", "last");
    }
  }

  @Test
  void refusesALineThatIsTooLong() {
    var reader = new LineReader(4);

    assertThat(reader.read(ByteBuffer.wrap("1234\n1234\n".getBytes(UTF_8))))
        .isEqualTo(List.of("1234", "1234"));
    assertThatThrownBy(() -> reader.read(ByteBuffer.wrap("12345".getBytes(UTF_8))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("4 bytes");
  }
}
