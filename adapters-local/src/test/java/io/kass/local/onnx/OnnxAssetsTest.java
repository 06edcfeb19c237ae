package io.kass.local.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.kass.ports.embedding.Purpose;
import io.kass.ports.embedding.Vector;
import io.kass.ports.error.KassException.Misconfigured;
import java.io.IOException;
import java.io.InputStream;
import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxAssetsTest {
  private static final List<String> TEXTS =
      List.of(
          "Where are the keys?",
          "The committee met twice in March; its report was published in full. ".repeat(20),
          "x");

  @TempDir private Path directory;

  @Test
  void areNamedByTheVersionOnTheClassPath() {
    Fixtures.assets();

    assertThat(OrtEnvironment.getEnvironment().getVersion()).isEqualTo(OnnxRuntimeLibrary.VERSION);
  }

  /** From version 1.29 on, the libraries report their use to their maker over the network. */
  @Test
  void holdALibraryThatReportsToNobody() throws IOException {
    Path natives = OnnxAssets.in(Fixtures.assets()).natives();

    try (Stream<Path> libraries = Files.list(natives)) {
      assertThat(libraries)
          .isNotEmpty()
          .allSatisfy(library ->
              assertThat(new String(Files.readAllBytes(library), StandardCharsets.ISO_8859_1))
                  .doesNotContain("events.data.microsoft.com"));
    }
  }

  @Test
  void giveTheVectorsOfTheUnpreparedModel() throws IOException, OrtException {
    try (OnnxModel prepared = OnnxModel.load(Fixtures.assets(), directory);
        OrtSession original = OrtEnvironment.getEnvironment().createSession(model())) {
      for (String text : TEXTS) {
        double cosine =
            prepared.embed(Purpose.PASSAGE, text).cosine(embed(original, "passage: " + text));
        assertThat(cosine).isGreaterThan(0.99);
      }
    }
  }

  @Test
  void areSmallerThanWhatIsPromised() throws IOException {
    long bytes = 0;
    try (Stream<Path> files = Files.walk(Fixtures.assets())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        bytes += Files.size(file);
      }
    }
    assertThat(bytes).isLessThan(60_000_000);
  }

  @Test
  void areMadeInATemporaryDirectoryWhereTheirOwnCannotBeWritten() throws IOException {
    Path file = Files.writeString(directory.resolve("a file"), "not a directory");
    Path temporary = Files.createDirectory(directory.resolve("temporary"));

    try (OnnxModel model = OnnxModel.load(file, temporary)) {
      assertThat(model.embed(Purpose.QUERY, "Where?").dimension()).isEqualTo(384);
      assertThat(temporary).isNotEmptyDirectory();
    }
    assertThat(temporary).isEmptyDirectory();
    assertThat(file).hasContent("not a directory");
  }

  @Test
  void areReportedWhenTheyCannotBeMadeAnywhere() throws IOException {
    Path file = Files.writeString(directory.resolve("a file"), "not a directory");

    assertThatThrownBy(() -> OnnxModel.load(file, file))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining("60 MB");
  }

  private static byte[] model() throws IOException {
    try (InputStream in = OnnxAssetsTest.class.getResourceAsStream(E5Small.MODEL_RESOURCE)) {
      return Objects.requireNonNull(in).readAllBytes();
    }
  }

  private static Vector embed(OrtSession session, String text) throws OrtException, IOException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    long[] tokens =
        OnnxAssets.tokenizer(OnnxAssets.in(Fixtures.assets()).model()).encode(text, 512);
    long[] ones = new long[tokens.length];
    Arrays.fill(ones, 1);
    long[] shape = {1, tokens.length};
    try (var ids = OnnxTensor.createTensor(environment, LongBuffer.wrap(tokens), shape);
        var mask = OnnxTensor.createTensor(environment, LongBuffer.wrap(ones), shape);
        var types =
            OnnxTensor.createTensor(environment, LongBuffer.wrap(new long[tokens.length]), shape);
        var result =
            session.run(
                Map.of("input_ids", ids, "attention_mask", mask, "token_type_ids", types))) {
      float[] sum = new float[384];
      for (float[] state : ((float[][][]) result.get(0).getValue())[0]) {
        for (int i = 0; i < sum.length; i++) {
          sum[i] += state[i];
        }
      }
      return Vector.of(sum);
    }
  }
}
