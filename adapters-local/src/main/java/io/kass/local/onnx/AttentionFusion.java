package io.kass.local.onnx;

import io.kass.local.onnx.Protobuf.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts ONNX Runtime's own attention operator in the place of the twelve operators that spell out
 * attention in each layer of an exported BERT model. ONNX Runtime does so by itself for models in
 * floating point, not for quantised ones; it saves about a seventh of the work. The operator is
 * given no mask: every text is computed by itself, so there is no padding to hide.
 *
 * <p>Field numbers are those of {@code onnx.proto}.
 */
final class AttentionFusion {
  private static final int MODEL_GRAPH = 7;
  private static final int GRAPH_NODE = 1;
  private static final int GRAPH_INITIALIZER = 5;
  private static final int GRAPH_INPUT = 11;
  private static final int GRAPH_OUTPUT = 12;
  private static final int NODE_INPUT = 1;
  private static final int NODE_OUTPUT = 2;
  private static final int NODE_NAME = 3;
  private static final int NODE_OPERATOR = 4;
  private static final int NODE_ATTRIBUTE = 5;
  private static final int NODE_DOMAIN = 7;
  private static final int ATTRIBUTE_NAME = 1;
  private static final int ATTRIBUTE_INT = 3;
  private static final int ATTRIBUTE_TYPE = 20;
  private static final int ATTRIBUTE_TYPE_INT = 2;
  private static final int TENSOR_NAME = 8;
  private static final int VALUE_NAME = 1;

  private static final Pattern WITHIN_ATTENTION =
      Pattern.compile("(/encoder/layer\\.\\d+/attention/self/).*");

  /** What one layer's attention consists of beside its three projections. */
  private static final Map<String, Integer> PARTS =
      Map.of("Reshape", 4, "Transpose", 4, "FusedMatMul", 1, "Add", 1, "Softmax", 1, "MatMul", 1);

  private record Node(
      Field field, String name, String operator, List<String> inputs, List<String> outputs) {
    static Node of(Field field) {
      List<Field> fields = field.fields();
      return new Node(
          field,
          texts(fields, NODE_NAME).stream().findFirst().orElse(""),
          texts(fields, NODE_OPERATOR).stream().findFirst().orElse(""),
          texts(fields, NODE_INPUT),
          texts(fields, NODE_OUTPUT));
    }

    private static List<String> texts(List<Field> fields, int number) {
      return fields.stream().filter(f -> f.number() == number).map(Field::text).toList();
    }
  }

  private AttentionFusion() {}

  /**
   * The same model with its attention fused.
   *
   * @param model a serialised {@code ModelProto}, as optimised by ONNX Runtime
   * @param layers how many layers it has
   * @param heads how many attention heads a layer has
   * @throws IllegalArgumentException when it is built otherwise
   */
  static byte[] apply(byte[] model, int layers, int heads) {
    var out = new Protobuf.Writer();
    for (Field field : Protobuf.fields(model, 0, model.length)) {
      if (field.number() == MODEL_GRAPH) {
        out.bytes(MODEL_GRAPH, graph(field.fields(), layers, heads));
      } else {
        out.copy(field);
      }
    }
    return out.toBytes();
  }

  private static byte[] graph(List<Field> fields, int layers, int heads) {
    var parts = new HashMap<String, Map<String, Integer>>();
    var nodes = new ArrayList<Node>();
    for (Field field : fields) {
      if (field.number() != GRAPH_NODE) {
        continue;
      }
      Node node = Node.of(field);
      Matcher within = WITHIN_ATTENTION.matcher(node.name());
      if (!within.matches() || !PARTS.containsKey(node.operator())) {
        nodes.add(node);
        continue;
      }
      String layer = within.group(1);
      parts.computeIfAbsent(layer, l -> new HashMap<>()).merge(node.operator(), 1, Integer::sum);
      if (parts.get(layer).equals(PARTS)) {
        nodes.add(attention(layer, node.outputs(), heads)); // the last part gives the result
      }
    }
    if (parts.size() != layers || parts.values().stream().anyMatch(found -> !found.equals(PARTS))) {
      throw new IllegalArgumentException(
          "the model's attention is not built as expected: " + parts);
    }
    return write(fields, nodes);
  }

  private static Node attention(String layer, List<String> outputs, int heads) {
    List<String> inputs =
        List.of(
            layer + "query/Add_output_0", layer + "key/Add_output_0", layer + "value/Add_output_0");
    var node = new Protobuf.Writer();
    inputs.forEach(input -> node.text(NODE_INPUT, input));
    outputs.forEach(output -> node.text(NODE_OUTPUT, output));
    node.text(NODE_NAME, layer + "fused").text(NODE_OPERATOR, "MultiHeadAttention");
    node.bytes(
        NODE_ATTRIBUTE,
        new Protobuf.Writer()
            .text(ATTRIBUTE_NAME, "num_heads")
            .number(ATTRIBUTE_INT, heads)
            .number(ATTRIBUTE_TYPE, ATTRIBUTE_TYPE_INT)
            .toBytes());
    node.text(NODE_DOMAIN, "com.microsoft");
    byte[] written = new Protobuf.Writer().bytes(GRAPH_NODE, node.toBytes()).toBytes();
    return Node.of(Protobuf.fields(written, 0, written.length).get(0));
  }

  /** Writes the graph with these nodes, without whatever none of them leads on to the output. */
  private static byte[] write(List<Field> fields, List<Node> nodes) {
    var used = new HashSet<String>();
    fields.stream()
        .filter(field -> field.number() == GRAPH_OUTPUT)
        .forEach(field -> used.add(name(field, VALUE_NAME)));
    var live = new ArrayList<Node>();
    for (Node node : nodes.reversed()) {
      if (node.outputs().stream().anyMatch(used::contains)) {
        used.addAll(node.inputs());
        live.add(node);
      }
    }
    var out = new Protobuf.Writer();
    live.reversed().forEach(node -> out.copy(node.field()));
    fields.stream().filter(isKept(used)).forEach(out::copy);
    return out.toBytes();
  }

  private static Predicate<Field> isKept(Set<String> used) {
    return field ->
        switch (field.number()) {
          case GRAPH_NODE -> false;
          case GRAPH_INITIALIZER -> used.contains(name(field, TENSOR_NAME));
          case GRAPH_INPUT -> used.contains(name(field, VALUE_NAME));
          default -> true;
        };
  }

  private static String name(Field field, int number) {
    return field.fields().stream()
        .filter(f -> f.number() == number)
        .findFirst()
        .map(Field::text)
        .orElse("");
  }
}
