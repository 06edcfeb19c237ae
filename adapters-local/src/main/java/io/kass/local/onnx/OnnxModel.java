package io.kass.local.onnx;

import ai.onnxruntime.OrtEnvironment;
import io.kass.ports.embedding.Purpose;
import io.kass.ports.embedding.Vector;
import io.kass.ports.error.KassException.Internal;
import io.kass.ports.error.KassException.Unavailable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The loaded model with its tokenizer. Thread-safe. */
final class OnnxModel implements AutoCloseable {
  private final OnnxAssets assets;
  private final WordPiece tokenizer;
  private final OnnxSession session;

  private OnnxModel(OnnxAssets assets, WordPiece tokenizer, OnnxSession session) {
    this.assets = assets;
    this.tokenizer = tokenizer;
    this.session = session;
  }

  /**
   * Loads it from the prepared files of a directory, which are made if need be, or from temporary
   * ones where that cannot be done.
   *
   * @param directory may be empty, for temporary ones
   * @param temporary where those are made
   */
  static OnnxModel load(Path directory, Path temporary) {
    if (!directory.toString().isEmpty()) {
      try {
        return load(OnnxAssets.in(directory));
      } catch (IOException e) {
        if (Thread.currentThread().isInterrupted()) {
          throw new Unavailable("The embedding model was closed while it loaded.", e);
        }
      }
    }
    return loadTemporary(temporary);
  }

  private static OnnxModel loadTemporary(Path parent) {
    try {
      OnnxAssets assets = OnnxAssets.temporary(parent);
      try {
        return load(assets);
      } catch (Throwable e) {
        assets.release();
        throw e;
      }
    } catch (IOException e) {
      throw OnnxErrors.notWritable(e);
    }
  }

  /** ONNX Runtime's libraries take half of the time; all else is loaded beside them. */
  private static OnnxModel load(OnnxAssets assets) throws IOException {
    try (ExecutorService beside =
        Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory())) {
      Future<OrtEnvironment> library =
          beside.submit(() -> OnnxRuntimeLibrary.load(assets.natives()));
      Path model = assets.model();
      WordPiece tokenizer = OnnxAssets.tokenizer(model);
      OnnxSession session = OnnxSession.open(get(library), OnnxAssets.graph(model));
      return new OnnxModel(assets, tokenizer, session);
    }
  }

  private static OrtEnvironment get(Future<OrtEnvironment> library) throws IOException {
    try {
      return library.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException cause -> throw cause;
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        case null, default -> throw new Internal("ONNX Runtime could not be loaded.", e);
      }
    }
  }

  /** The vector of one text, computed on this thread. */
  Vector embed(Purpose purpose, String text) {
    return session.embed(
        tokenizer.encode(E5Small.prefixed(purpose, text), E5Small.INFO.maxTokens()));
  }

  /** Frees it; nothing may be embedding. */
  @Override
  public void close() {
    session.close();
    assets.release();
  }
}
