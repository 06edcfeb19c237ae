package io.kass.local.onnx;

import io.kass.ports.CallScope;
import io.kass.ports.embedding.EmbeddingInfo;
import io.kass.ports.embedding.EmbeddingModel;
import io.kass.ports.embedding.Purpose;
import io.kass.ports.embedding.Vector;
import io.kass.ports.error.KassException.Cancelled;
import io.kass.ports.error.KassException.Internal;
import io.kass.ports.error.KassException.Unavailable;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Embeds texts in this process. Inferences run on a few threads of its own, one text on each, while
 * callers wait; a caller has no more texts under way than there are threads, so that a question
 * does not wait behind a whole ingestion.
 *
 * <p>Closing waits for the inferences that run, and the JVM closes what is still open when it
 * exits: native code that is overtaken by the end of the process crashes it.
 */
final class OnnxEmbeddingModel implements EmbeddingModel, AutoCloseable {
  private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));
  private static final Duration IDLE = Duration.ofSeconds(10);
  private static final Duration LONGEST_WAIT = Duration.ofDays(1);

  private final OnnxConfig config;
  private final InstantSource clock;
  private final ThreadPoolExecutor workers;
  private final Thread closeAtExit = new Thread(this::close, "kass-onnx-close");
  private volatile boolean closed;
  private @Nullable CompletableFuture<OnnxModel> loading;
  private boolean released;

  private OnnxEmbeddingModel(OnnxConfig config, InstantSource clock) {
    this.config = config;
    this.clock = clock;
    int count = config.workerCount();
    workers =
        new ThreadPoolExecutor(
            count,
            count,
            IDLE.toSeconds(),
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("kass-onnx-", 1).factory());
    workers.allowCoreThreadTimeOut(true);
  }

  /** A model that loads in the background, or when first used. Returns at once. */
  static OnnxEmbeddingModel open(OnnxConfig config, InstantSource clock) {
    var model = new OnnxEmbeddingModel(config, clock);
    Runtime.getRuntime().addShutdownHook(model.closeAtExit);
    if (config.preload()) {
      var unused = model.loading(); // whoever embeds first waits for it
    }
    return model;
  }

  @Override
  public EmbeddingInfo info() {
    return E5Small.INFO;
  }

  @Override
  public List<Vector> embed(CallScope scope, Purpose purpose, List<String> texts) {
    EmbeddingModel.refuseBlank(texts);
    scope.check(clock);
    if (texts.isEmpty()) {
      return List.of();
    }
    OnnxModel model = await(scope, loading().copy());
    var vectors = new ArrayList<Vector>(texts.size());
    var underWay = new ArrayDeque<CompletableFuture<Vector>>();
    try {
      for (String text : texts) {
        if (underWay.size() == workers.getCorePoolSize()) {
          vectors.add(await(scope, underWay.remove()));
        }
        scope.check(clock);
        underWay.add(submit(() -> model.embed(purpose, text)));
      }
      while (!underWay.isEmpty()) {
        vectors.add(await(scope, underWay.remove()));
      }
      return vectors;
    } finally {
      underWay.forEach(vector -> vector.cancel(false)); // those that have not begun never do
    }
  }

  private synchronized CompletableFuture<OnnxModel> loading() {
    if (loading == null || loading.isCompletedExceptionally()) {
      loading = submit(() -> OnnxModel.load(config.assets(), TEMPORARY));
    }
    return loading;
  }

  private <T> CompletableFuture<T> submit(Supplier<T> work) {
    try {
      return CompletableFuture.supplyAsync(
          () -> {
            if (closed) {
              throw OnnxErrors.closed();
            }
            return work.get();
          },
          workers);
    } catch (RejectedExecutionException e) {
      throw OnnxErrors.closed();
    }
  }

  private <T> T await(CallScope scope, CompletableFuture<T> result) {
    Duration left = scope.remaining(clock);
    Duration wait = left.compareTo(LONGEST_WAIT) < 0 ? left : LONGEST_WAIT;
    try (var registration = scope.cancellation().onCancel(() -> result.cancel(false))) {
      return result.get(wait.toNanos(), TimeUnit.NANOSECONDS);
    } catch (CancellationException e) {
      throw new Cancelled("The call was cancelled.", e);
    } catch (TimeoutException e) {
      throw new Unavailable("The time allowed for this request has passed.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Cancelled("The thread that waited for embeddings was interrupted.", e);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        case null, default -> throw new Internal("A text could not be embedded.", e);
      }
    }
  }

  /**
   * Refuses further texts, waits for those that are being embedded, and frees the model. Callers
   * whose other texts still wait are told that it is closed. Closing again waits likewise, and does
   * nothing more.
   */
  @Override
  public void close() {
    closed = true;
    workers.shutdownNow().forEach(Runnable::run); // each finds it closed, and tells its caller
    awaitWorkers();
    release();
    try {
      Runtime.getRuntime().removeShutdownHook(closeAtExit);
    } catch (IllegalStateException e) {
      // The JVM is exiting: this runs in the hook, or beside it.
    }
  }

  private void awaitWorkers() {
    boolean interrupted = false;
    while (!workers.isTerminated()) {
      try {
        workers.awaitTermination(LONGEST_WAIT.toSeconds(), TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void release() {
    if (!released && loading != null && !loading.isCompletedExceptionally()) {
      loading.join().close();
    }
    released = true;
  }
}
