package io.kass.core.ingestion;

/**
 * How an ingestion works.
 *
 * @param documentsAtOnce how many documents are worked on at once
 * @param batch how many chunks are embedded and written in one step; bounds memory
 */
public record IngestionSettings(int documentsAtOnce, int batch) {
  public static final IngestionSettings DEFAULTS = new IngestionSettings(8, 32);

  public IngestionSettings {
    if (documentsAtOnce < 1 || batch < 1) {
      throw new IllegalArgumentException("both are at least 1");
    }
  }
}
