package io.kass.local.onnx;

import ai.onnxruntime.OrtException;
import io.kass.ports.error.KassException;
import io.kass.ports.error.KassException.Internal;
import io.kass.ports.error.KassException.Misconfigured;
import io.kass.ports.error.KassException.Unavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The failures of ONNX Runtime and of its files, in the words of the ports. */
final class OnnxErrors {
  private OnnxErrors() {}

  static KassException inference(OrtException e) {
    return new Internal("ONNX Runtime could not embed a text: " + e.getMessage(), e);
  }

  static KassException session(OrtException e) {
    return new Internal("ONNX Runtime could not load the embedding model: " + e.getMessage(), e);
  }

  /** It cannot be loaded: by far the most often because it makes a directory as it is. */
  static KassException unsupported(Throwable e) {
    String temporary = System.getProperty("java.io.tmpdir");
    try {
      Files.delete(Files.createTempDirectory(Path.of(temporary), "kass-"));
    } catch (IOException noDirectory) {
      noDirectory.addSuppressed(e);
      return new Misconfigured(
          "ONNX Runtime, which embeds texts, needs a directory for temporary files, and %s cannot be written: %s. Make room there, or name another one: KASS_JAVA_OPTS=-Djava.io.tmpdir=DIR"
              .formatted(temporary, noDirectory),
          noDirectory);
    }
    return new Misconfigured(
        "ONNX Runtime, which embeds texts, does not run on this machine (%s, %s): %s"
            .formatted(System.getProperty("os.name"), System.getProperty("os.arch"), e),
        e);
  }

  static KassException notWritable(Path directory, IOException e) {
    return new Misconfigured(
        "The files of the embedding model (60 MB) cannot be written to %s: %s. Make room there, or name another directory."
            .formatted(directory, e),
        e);
  }

  static KassException notWritable(IOException e) {
    return new Misconfigured(
        "The files of the embedding model (60 MB) can be written neither to its directory nor to a temporary one: %s. Make room in one of them."
            .formatted(e),
        e);
  }

  static KassException closed() {
    return new Unavailable("The embedding model has been closed.");
  }
}
