package io.kass.core.ingestion;

/** Follows an ingestion. Called by one thread at a time; must return quickly. */
@FunctionalInterface
public interface IngestionListener {
  void progress(IngestionProgress progress);

  /** Does not listen. */
  static IngestionListener none() {
    return progress -> {};
  }
}
