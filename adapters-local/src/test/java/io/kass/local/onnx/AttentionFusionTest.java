package io.kass.local.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class AttentionFusionTest {
  private static final int GRAPH = 7;
  private static final int NODE = 1;

  @Test
  void refusesAModelThatIsBuiltOtherwise() {
    byte[] model = new Protobuf.Writer().bytes(GRAPH, node("/other/Add", "Add")).toBytes();

    assertThatThrownBy(() -> AttentionFusion.apply(model, 1, 12))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not built as expected");
  }

  @Test
  void refusesAModelWhoseAttentionLacksAPart() {
    byte[] model =
        new Protobuf.Writer()
            .bytes(GRAPH, node("/encoder/layer.0/attention/self/Softmax", "Softmax"))
            .toBytes();

    assertThatThrownBy(() -> AttentionFusion.apply(model, 1, 12))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Softmax=1");
  }

  @Test
  void refusesWhatIsNoModel() {
    assertThatThrownBy(() -> Protobuf.fields(new byte[] {0x3a, 0x7f, 0x01}, 0, 3))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void writesNumbersAsTheyAreRead() {
    byte[] message = new Protobuf.Writer().number(1, 300).text(2, "text").number(20, 0).toBytes();

    assertThat(message)
        .isEqualTo(
            new byte[] {
              0x08, (byte) 0xac, 0x02, 0x12, 4, 't', 'e', 'x', 't', (byte) 0xa0, 0x01, 0
            });
    assertThat(Protobuf.fields(message, 0, message.length))
        .extracting(Protobuf.Field::number)
        .containsExactly(1, 2, 20);
  }

  private static byte[] node(String name, String operator) {
    byte[] node = new Protobuf.Writer().text(3, name).text(4, operator).toBytes();
    return new Protobuf.Writer().bytes(NODE, node).toBytes();
  }
}
