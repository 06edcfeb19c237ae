package io.kass.local.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.kass.devservices.LegacySample;
import io.kass.ports.Json;
import io.kass.ports.TestScopes;
import io.kass.ports.backend.Closer;
import io.kass.ports.embedding.Purpose;
import io.kass.ports.embedding.Vector;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The vectors of the sample of legacy data are of the model that is here. */
class SampleVectorsTest {
  @Test
  void areThoseOfItsTexts() throws IOException {
    List<String> texts = lines("records.jsonl").stream().map(SampleVectorsTest::text).toList();
    List<Vector> kept = lines("embeddings.txt").stream().map(SampleVectorsTest::vector).toList();
    assertThat(texts).hasSize(LegacySample.RECORDS);

    try (var closer = new Closer()) {
      var model =
          closer.register(
              OnnxEmbeddingModel.open(
                  OnnxConfig.defaults(Fixtures.assets()), InstantSource.system()));
      List<Vector> made = model.embed(TestScopes.scope(), Purpose.PASSAGE, texts);
      for (int i = 0; i < texts.size(); i++) {
        assertThat(made.get(i).dot(kept.get(i))).as(texts.get(i)).isGreaterThan(0.995f);
      }
    }
  }

  /** What a record was embedded by: its text or, where it has none, its metadata. */
  private static String text(String line) {
    Json.Obj record = (Json.Obj) Json.parse(line);
    if (record.get("document") instanceof Json.Text(String text)) {
      return text;
    }
    return record.get("metadata") instanceof Json.Obj metadata ? metadata.canonical() : "";
  }

  private static Vector vector(String line) {
    var bytes = ByteBuffer.wrap(Base64.getDecoder().decode(line)).order(ByteOrder.LITTLE_ENDIAN);
    float[] values = new float[bytes.remaining() / Float.BYTES];
    bytes.asFloatBuffer().get(values);
    return Vector.of(values);
  }

  private static List<String> lines(String name) throws IOException {
    try (InputStream in = LegacySample.class.getResourceAsStream("legacy/" + name)) {
      assertThat(in).isNotNull();
      return new ArrayList<>(
          new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
    }
  }
}
