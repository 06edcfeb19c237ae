package io.kass.cli;

import io.kass.core.ingestion.IngestionReport;
import io.kass.ports.Audience;
import io.kass.ports.document.DocumentStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Brings what the user points at into the index, and shows how far it is. */
final class Ingesting {
  /** Ingesting takes as long as it takes; it is interrupted by whoever waits for it. */
  static final Duration ALLOWED = Duration.ofDays(365);

  private final Invocation invocation;
  private final Session session;

  Ingesting(Invocation invocation, Session session) {
    this.invocation = invocation;
    this.session = session;
  }

  /** Ingests targets, one after the other. */
  Ingested run(List<Target> targets) {
    InstantSource clock = invocation.surroundings().clock();
    Instant started = clock.instant();
    var reports = new ArrayList<IngestionReport>();
    for (Target target : targets) {
      reports.add(run(session.documents(target), target.prefix()));
    }
    return Ingested.of(reports, Duration.between(started, clock.instant()));
  }

  /** Ingests the documents of a store whose ids begin so. */
  IngestionReport run(DocumentStore documents, String prefix) {
    InstantSource clock = invocation.surroundings().clock();
    Instant started = clock.instant();
    try (ProgressLine line = invocation.output().progress()) {
      return session
          .kass()
          .ingestion()
          .run(
              invocation.scope(ALLOWED),
              documents,
              prefix,
              Audience.EVERYONE,
              progress ->
                  line.show(columns ->
                      IngestionBar.line(
                          progress, Duration.between(started, clock.instant()), columns)));
    }
  }
}
