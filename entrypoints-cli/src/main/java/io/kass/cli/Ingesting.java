package io.kass.cli;

import io.kass.core.ingestion.IngestionReport;
import io.kass.core.ingestion.Skipped;
import io.kass.ports.Audience;
import io.kass.ports.backend.BackendName;
import io.kass.ports.document.DocumentStore;
import io.kass.ports.error.KassException.InvalidRequest;
import io.kass.ports.error.KassException.Rejected;
import io.kass.ports.error.KassException.Unavailable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

  /**
   * Refuses to bring documents into an index that is not this user's alone as a step of something
   * else: only 'kass ingest' writes there.
   *
   * @param targets what is pointed at; nothing is refused where there are none
   */
  static void refuseElsewhere(Invocation invocation, List<Target> targets) {
    String backend = invocation.config().backend().name();
    if (!targets.isEmpty() && !backend.equals(BackendName.EMBEDDED.value())) {
      throw new InvalidRequest(
          ("With --docs, %s would be added to what the backend '%s' holds for everyone. If that is"
                  + " meant, say so with 'kass ingest'; then ask without --docs.")
              .formatted(Target.names(targets), backend));
    }
  }

  /** Brings the index up to date; where that cannot be done now, says why. */
  static @Nullable Ingested first(Invocation invocation, Session session, List<Target> targets) {
    try {
      Ingested ingested = new Ingesting(invocation, session).run(targets);
      tellSkipped(ingested, targets, invocation);
      return ingested;
    } catch (Rejected | Unavailable e) {
      if (invocation.cancellation().isCancelled() || session.isEmpty()) {
        throw e;
      }
      invocation.output().notice(e.getMessage() + " Answering from what the index holds now.");
      return null;
    }
  }

  private static void tellSkipped(Ingested ingested, List<Target> targets, Invocation invocation) {
    List<Skipped> fresh =
        ingested.report().skipped().stream().filter(skipped -> !skipped.known()).toList();
    var references = invocation.references();
    for (Skipped skipped : fresh.subList(0, Math.min(3, fresh.size()))) {
      invocation
          .output()
          .notice("Skipped " + references.document(skipped.id()) + ": " + skipped.message());
    }
    int more = fresh.size() - 3;
    if (more > 0) {
      invocation
          .output()
          .notice(
              "%d more %s skipped; 'kass ingest %s' lists them."
                  .formatted(
                      more, more == 1 ? "document was" : "documents were", Target.names(targets)));
    }
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
