package io.kass.cli;

import io.kass.core.ingestion.IngestionReport;
import io.kass.core.ingestion.Skipped;
import io.kass.ports.Json;
import io.kass.ports.document.Reading.Cause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What ingesting one or several targets did.
 *
 * @param report all of it together
 * @param took how long
 */
record Ingested(IngestionReport report, Duration took) {

  /** The sum of several reports. */
  static Ingested of(List<IngestionReport> reports, Duration took) {
    var skipped = new ArrayList<Skipped>();
    reports.forEach(report -> skipped.addAll(report.skipped()));
    return new Ingested(
        new IngestionReport(
            reports.stream().mapToInt(IngestionReport::documents).sum(),
            reports.stream().mapToInt(IngestionReport::unchanged).sum(),
            reports.stream().mapToInt(IngestionReport::indexed).sum(),
            reports.stream().mapToInt(IngestionReport::removed).sum(),
            reports.stream().mapToLong(IngestionReport::chunks).sum(),
            skipped),
        took);
  }

  /** The sum in one sentence. */
  String summary() {
    var parts = new ArrayList<String>();
    parts.add(report.indexed() + " indexed");
    if (report.unchanged() > 0) {
      parts.add(report.unchanged() + " unchanged");
    }
    if (report.removed() > 0) {
      parts.add(report.removed() + " removed");
    }
    if (!report.skipped().isEmpty()) {
      parts.add(report.skipped().size() + " skipped");
    }
    return String.format(
        Locale.ROOT,
        "%s: %s. %s in %s.",
        count(report.documents(), "document"),
        String.join(", ", parts),
        count(report.chunks(), "new passage"),
        time());
  }

  Json.Obj json(References references) {
    return new Fields()
        .put("documents", report.documents())
        .put("unchanged", report.unchanged())
        .put("indexed", report.indexed())
        .put("removed", report.removed())
        .put("chunks", report.chunks())
        .put("seconds", took.toMillis() / 1000.0)
        .put("skipped", report.skipped(), skipped -> json(skipped, references))
        .json();
  }

  private static Json.Obj json(Skipped skipped, References references) {
    return new Fields()
        .put("document", skipped.id().value())
        .put("reference", references.document(skipped.id()))
        .put("cause", label(skipped.cause()))
        .put("message", skipped.message())
        .put("known", skipped.known())
        .json();
  }

  /** A cause as JSON names it: {@code no-text}. */
  static String label(Cause cause) {
    return cause.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private String time() {
    return took.toSeconds() < 60
        ? String.format(Locale.ROOT, "%.1f s", took.toMillis() / 1000.0)
        : IngestionBar.time(took.toSeconds());
  }

  /** A number and its noun, in the plural where it must be. */
  static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
