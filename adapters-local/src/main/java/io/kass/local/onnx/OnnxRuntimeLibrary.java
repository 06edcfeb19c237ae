package io.kass.local.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import io.kass.ports.error.KassException.Internal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** ONNX Runtime's native part: one for the whole process, and never unloaded. */
final class OnnxRuntimeLibrary {
  /** The version whose files are prepared; a test compares it with the one on the class path. */
  static final String VERSION = "1.26.0";

  /** Machine and version, as part of a directory's name. */
  static final String PLATFORM = operatingSystem() + "-" + architecture();

  private static final List<String> LIBRARIES =
      List.of(System.mapLibraryName("onnxruntime"), System.mapLibraryName("onnxruntime4j_jni"));

  private static final String PATH_PROPERTY = "onnxruntime.native.path";

  private static @Nullable OrtEnvironment environment;

  private OnnxRuntimeLibrary() {}

  /** Copies the libraries for this machine into a directory. */
  static void unpack(Path directory) throws IOException {
    for (String library : LIBRARIES) {
      String resource = "/ai/onnxruntime/native/" + PLATFORM + "/" + library;
      try (InputStream in = OrtEnvironment.class.getResourceAsStream(resource)) {
        if (in == null) {
          throw OnnxErrors.unsupported(new UnsatisfiedLinkError("no " + resource));
        }
        Files.copy(in, directory.resolve(library));
      }
    }
  }

  /**
   * Loads the libraries from a directory, unless this process has them already.
   *
   * @throws io.kass.ports.error.KassException.Misconfigured when they do not run on this machine
   */
  static synchronized OrtEnvironment load(Path natives) {
    if (environment != null) {
      return environment;
    }
    String configured = System.getProperty(PATH_PROPERTY);
    if (configured == null) {
      System.setProperty(PATH_PROPERTY, natives.toString());
    }
    try {
      var loaded = OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "kass");
      loaded.setTelemetry(false);
      outliveShutdownHooks();
      environment = loaded;
      return loaded;
    } catch (LinkageError | IllegalStateException | OrtException e) {
      throw OnnxErrors.unsupported(e);
    } finally {
      if (configured == null) {
        System.clearProperty(PATH_PROPERTY);
      }
    }
  }

  /**
   * ONNX Runtime releases its environment in a shutdown hook, which runs at the same time as all
   * others: an inference that is still being waited for then reads freed memory, and the JVM
   * crashes. The environment counts its references. One more, never given back, keeps it.
   */
  private static void outliveShutdownHooks() {
    try {
      var handle = Class.forName("ai.onnxruntime.OnnxRuntime").getDeclaredField("ortApiHandle");
      handle.setAccessible(true);
      var create =
          OrtEnvironment.class.getDeclaredMethod(
              "createHandle", long.class, int.class, String.class);
      create.setAccessible(true);
      create.invoke(
          null, handle.getLong(null), OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR.getValue(), "kass");
    } catch (ReflectiveOperationException e) {
      throw new Internal("This version of ONNX Runtime is not the one that is known.", e);
    }
  }

  private static String operatingSystem() {
    String name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    if (name.contains("win")) {
      return "win";
    }
    return name.contains("mac") ? "osx" : "linux";
  }

  private static String architecture() {
    String name = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    return switch (name) {
      case "amd64", "x86_64" -> "x64";
      case "arm64" -> "aarch64";
      default -> name;
    };
  }
}
