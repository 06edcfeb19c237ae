package io.kass.local.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import io.kass.ports.embedding.Vector;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.Map;

/**
 * The loaded model. An inference runs on the thread that asks for it, one text at a time: the model
 * scales its numbers by all that it is given at once, so a text's vector would depend on its
 * neighbours. Thread-safe.
 */
final class OnnxSession implements AutoCloseable {
  private final OrtEnvironment environment;
  private final OrtSession session;

  private OnnxSession(OrtEnvironment environment, OrtSession session) {
    this.environment = environment;
    this.session = session;
  }

  static OnnxSession open(OrtEnvironment environment, Path model) {
    try (var options = new SessionOptions()) {
      options.setOptimizationLevel(SessionOptions.OptLevel.NO_OPT); // the file holds them already
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      return new OnnxSession(environment, environment.createSession(model.toString(), options));
    } catch (OrtException e) {
      throw OnnxErrors.session(e);
    }
  }

  /** The text of these tokens as a unit vector: the mean of its tokens' vectors, normalised. */
  Vector embed(long[] tokens) {
    long[] shape = {1, tokens.length};
    try (OnnxTensor ids = OnnxTensor.createTensor(environment, LongBuffer.wrap(tokens), shape);
        OnnxTensor types =
            OnnxTensor.createTensor(environment, LongBuffer.wrap(new long[tokens.length]), shape);
        OrtSession.Result result =
            session.run(Map.of(E5Small.INPUT_IDS, ids, E5Small.INPUT_TYPES, types))) {
      return mean(((OnnxTensor) result.get(0)).getFloatBuffer());
    } catch (OrtException e) {
      throw OnnxErrors.inference(e);
    }
  }

  private static Vector mean(FloatBuffer states) {
    float[] sum = new float[E5Small.INFO.dimension()];
    float[] state = new float[sum.length];
    while (states.hasRemaining()) {
      states.get(state);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += state[i];
      }
    }
    double square = 0;
    for (float value : sum) {
      square += (double) value * value;
    }
    float scale = (float) (1 / Math.sqrt(square));
    for (int i = 0; i < sum.length; i++) {
      sum[i] *= scale;
    }
    return Vector.adopt(sum);
  }

  /** Frees the model; no inference may be running. */
  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw OnnxErrors.session(e);
    }
  }
}
