package io.kass.ports.index;

import org.junit.jupiter.api.Nested;

/**
 * What every {@link ChunkIndex} does. Stores that are not immediate are given the time that their
 * {@link IndexDescription#visibilityDelay()} states.
 */
public abstract class ChunkIndexContract {
  /** The settings that the tests open an index with. */
  public static final String MODEL = "test-model";

  public static final int DIMENSION = 8;
  public static final String CHUNKER = "test-chunker-1";

  /**
   * Opens the index of the running test: empty at first; later, what was left when it was last
   * open. Closes what an earlier call opened.
   */
  protected abstract ChunkIndex open(String model, int dimension, Metric metric, String chunker);

  /** Opens it with the usual settings. */
  protected ChunkIndex open() {
    return open(MODEL, DIMENSION, Metric.COSINE, CHUNKER);
  }

  @Nested
  class Searching extends SearchScenarios {
    @Override
    ChunkIndexContract contract() {
      return ChunkIndexContract.this;
    }
  }

  @Nested
  class Filtering extends FilterScenarios {
    @Override
    ChunkIndexContract contract() {
      return ChunkIndexContract.this;
    }
  }

  @Nested
  class Replacing extends ReplaceScenarios {
    @Override
    ChunkIndexContract contract() {
      return ChunkIndexContract.this;
    }
  }

  @Nested
  class Keeping extends RecordScenarios {
    @Override
    ChunkIndexContract contract() {
      return ChunkIndexContract.this;
    }
  }

  @Nested
  class Describing extends DescriptionScenarios {
    @Override
    ChunkIndexContract contract() {
      return ChunkIndexContract.this;
    }
  }
}
