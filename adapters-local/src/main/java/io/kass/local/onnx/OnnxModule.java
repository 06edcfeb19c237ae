package io.kass.local.onnx;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.kass.ports.backend.Closer;
import io.kass.ports.embedding.EmbeddingModel;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * Binds {@link EmbeddingModel} to the English model that runs in this process. Asks for an {@link
 * OnnxConfig}, the clock, and the {@link Closer} that closes it.
 */
public final class OnnxModule extends AbstractModule {
  @Provides
  @Singleton
  EmbeddingModel embeddings(OnnxConfig config, InstantSource clock, Closer closer) {
    return closer.register(OnnxEmbeddingModel.open(config, clock));
  }

  /**
   * Makes the files from which the model loads quickly, unless they are there: for a build, which
   * ships them, so that the first use need not make them. Any number of processes may do so at
   * once.
   *
   * @param assets the directory that will be {@link OnnxConfig#assets()}
   * @throws io.kass.ports.error.KassException.Misconfigured when it cannot be written, or the model
   *     does not run on this machine
   */
  public static void prepare(Path assets) {
    try {
      OnnxAssets files = OnnxAssets.in(assets);
      files.natives();
      files.model();
    } catch (IOException e) {
      throw OnnxErrors.notWritable(assets, e);
    }
  }
}
