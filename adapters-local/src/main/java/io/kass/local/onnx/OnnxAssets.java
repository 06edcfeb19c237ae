package io.kass.local.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import io.kass.local.disk.Folders;
import io.kass.ports.ContentHash;
import io.kass.ports.Json;
import io.kass.ports.error.KassException.Internal;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The files from which the model loads quickly: ONNX Runtime's libraries out of their jar, the
 * model optimised with its weights beside it (so that they are mapped, not parsed), and the plain
 * list of the vocabulary. Their directories are named by all that goes into them; another version
 * has others.
 *
 * <p>The optimisations are those that ONNX Runtime calls "extended": they hold on every processor.
 * Those above are made for the processor at hand, and change nothing in this model.
 */
final class OnnxAssets {
  /** Raised when what is made below changes. */
  private static final int LAYOUT = 1;

  private static final String MODEL_FILE = "model.onnx";
  private static final String WEIGHTS_FILE = "weights.bin";
  private static final String VOCABULARY_FILE = "vocabulary.txt";

  private static final String NATIVES =
      "onnxruntime-%s-%s-%d"
          .formatted(OnnxRuntimeLibrary.VERSION, OnnxRuntimeLibrary.PLATFORM, LAYOUT);
  private static final String MODEL =
      "%s-%s-%s".formatted(E5Small.INFO.id(), E5Small.MODEL_SHA_256.substring(0, 8), NATIVES);

  private final Path root;
  private final boolean temporary;

  private OnnxAssets(Path root, boolean temporary) {
    this.root = root;
    this.temporary = temporary;
  }

  /** The files kept in a directory, which need not exist yet. */
  static OnnxAssets in(Path root) {
    return new OnnxAssets(root.toAbsolutePath(), false);
  }

  /** Files of this process alone, in a new directory below this one, until {@link #release}. */
  static OnnxAssets temporary(Path parent) throws IOException {
    return new OnnxAssets(Files.createTempDirectory(parent, "kass-onnx-"), true);
  }

  /** The directory of the libraries; unpacked now if need be. */
  Path natives() throws IOException {
    return PreparedDirectory.ensure(root, NATIVES, OnnxRuntimeLibrary::unpack);
  }

  /** The directory of the model; made now if need be, which takes seconds. */
  Path model() throws IOException {
    return PreparedDirectory.ensure(root, MODEL, this::make);
  }

  /** The model in its directory. */
  static Path graph(Path model) {
    return model.resolve(MODEL_FILE);
  }

  /** The tokenizer in the model's directory. */
  static WordPiece tokenizer(Path model) throws IOException {
    return new WordPiece(Files.readAllLines(model.resolve(VOCABULARY_FILE)));
  }

  /** Removes the files if they are temporary. */
  void release() {
    if (!temporary) {
      return;
    }
    try {
      Folders.delete(root);
    } catch (IOException e) {
      throw new UncheckedIOException("could not remove " + root, e);
    }
  }

  private void make(Path directory) throws IOException {
    Files.write(directory.resolve(VOCABULARY_FILE), vocabulary());
    byte[] model = resource(E5Small.MODEL_RESOURCE, E5Small.MODEL_SHA_256);
    OrtEnvironment environment = OnnxRuntimeLibrary.load(natives());
    Path file = graph(directory);
    try (var options = new SessionOptions()) {
      options.setOptimizationLevel(SessionOptions.OptLevel.EXTENDED_OPT);
      options.setIntraOpNumThreads(1);
      options.setOptimizedModelFilePath(file.toString());
      options.addConfigEntry(
          "session.optimized_model_external_initializers_file_name", WEIGHTS_FILE);
      options.addConfigEntry(
          "session.optimized_model_external_initializers_min_size_in_bytes", "1024");
      try (OrtSession written = environment.createSession(model, options)) {
        written.getNumInputs(); // writing the file is what it was made for
      }
    } catch (OrtException e) {
      throw OnnxErrors.session(e);
    }
    Files.write(file, fused(Files.readAllBytes(file)));
  }

  private static byte[] fused(byte[] model) {
    try {
      return AttentionFusion.apply(model, E5Small.LAYERS, E5Small.HEADS);
    } catch (IllegalArgumentException e) {
      throw new Internal("The embedding model cannot be prepared: " + e.getMessage(), e);
    }
  }

  /** The pieces in the order of their ids. */
  private static List<String> vocabulary() throws IOException {
    byte[] tokenizer = resource(E5Small.TOKENIZER_RESOURCE, E5Small.TOKENIZER_SHA_256);
    if (Json.parse(new String(tokenizer, StandardCharsets.UTF_8)) instanceof Json.Obj root
        && root.get("model") instanceof Json.Obj model
        && model.get("vocab") instanceof Json.Obj vocabulary) {
      String[] pieces = new String[vocabulary.members().size()];
      vocabulary.members().forEach((piece, id) -> pieces[(int) ((Json.Int) id).value()] = piece);
      return Arrays.asList(pieces);
    }
    throw new Internal("The tokenizer on the class path has no vocabulary.");
  }

  private static byte[] resource(String name, String sha256) throws IOException {
    try (InputStream in = OnnxAssets.class.getResourceAsStream(name)) {
      byte[] bytes = in == null ? new byte[0] : in.readAllBytes();
      if (!ContentHash.of(bytes).hex().equals(sha256)) {
        throw new Internal("The embedding model on the class path is not the known one: " + name);
      }
      return bytes;
    }
  }
}
