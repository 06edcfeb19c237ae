package io.kass.cli;

import io.kass.cli.Session.Need;
import io.kass.cli.terminal.Printable;
import io.kass.core.ingestion.Skipped;
import io.kass.ports.Json;
import java.util.EnumSet;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Brings documents into the index. */
@Command(name = "ingest")
final class IngestCommand implements Action {
  @Parameters(arity = "1..*", paramLabel = "PATH")
  private List<String> paths = List.of();

  @Option(names = "--rebuild")
  private boolean rebuild;

  @Mixin private final ChunkingOption chunking = new ChunkingOption();

  @Override
  public ExitCode run(Invocation given) {
    Invocation invocation = chunking.over(given);
    List<Target> targets = Target.all(paths, invocation.surroundings().directory());
    if (rebuild) {
      Session.discardIndex(invocation);
    }
    try (Session session = Session.open(invocation, EnumSet.of(Need.WRITING))) {
      Ingested ingested = new Ingesting(invocation, session).run(targets);
      return tell(invocation.output(), invocation.references(), targets, ingested);
    }
  }

  private static ExitCode tell(
      Output output, References references, List<Target> targets, Ingested ingested) {
    List<Skipped> skipped = ingested.report().skipped();
    boolean nothing = ingested.report().documents() == 0 && skipped.isEmpty();
    output.json(
        new Fields()
            .put("paths", Json.ofTexts(targets.stream().map(t -> t.path().toString()).toList()))
            .put("ingestion", ingested.json(references))
            .json());
    if (nothing) {
      output.line("There are no documents in " + Printable.line(Target.names(targets)) + ".");
      return ExitCode.NOTHING_FOUND;
    }
    if (!output.quiet()) {
      output.paragraph(ingested.summary());
    }
    for (Skipped one : skipped) {
      output.paragraph(
          "Skipped " + references.document(one.id()) + ": " + Printable.line(one.message()));
    }
    return skipped.isEmpty() ? ExitCode.FINE : ExitCode.SKIPPED;
  }
}
