package io.kass.documents.format;

import io.kass.ports.document.SourceType;
import java.time.InstantSource;
import java.util.List;
import java.util.regex.Pattern;

/** What another service exports as JSON, known by how it begins. */
public abstract class JsonExport extends StreamedFormat {
  private final String label;
  private final String id;
  private final List<Pattern> beginnings;

  /**
   * Exports that begin like one of these.
   *
   * @param label see {@link FormatReader#label}
   * @param id see {@link FormatReader#id}
   */
  protected JsonExport(
      InstantSource clock, SourceType type, String label, String id, Pattern... beginnings) {
    super(clock, type, "application/json");
    this.label = label;
    this.id = id;
    this.beginnings = List.of(beginnings);
  }

  @Override
  public final String label() {
    return label;
  }

  @Override
  public final String id() {
    return id;
  }

  @Override
  public final Claim claim(Sample sample) {
    boolean known =
        beginnings.stream().anyMatch(beginning -> beginning.matcher(sample.text()).find())
            && JsonText.begins(sample);
    return known ? Claim.CERTAIN : Claim.NONE;
  }
}
