package io.kass.cli;

import io.kass.cli.Session.Need;
import io.kass.cli.terminal.Printable;
import io.kass.cli.terminal.Style;
import io.kass.cli.terminal.Wrap;
import io.kass.core.evaluation.RetrievalMode;
import io.kass.core.retrieval.Retrieved;
import io.kass.ports.Json;
import io.kass.ports.assistant.Passage;
import io.kass.ports.error.KassException.InvalidRequest;
import io.kass.ports.error.KassException.NotFound;
import io.kass.ports.index.Chunk;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the passages that a search finds. */
@Command(name = "search")
final class SearchCommand implements Action {
  private static final Duration ALLOWED = Duration.ofMinutes(5);
  private static final int MOST = 1_000;

  /** How many lines of a passage are shown. */
  private static final int LINES = 4;

  /** How wide those lines are where nothing breaks them. */
  private static final int COLUMNS = 100;

  @Option(names = "--limit", paramLabel = "N")
  private int limit = 10;

  @Option(names = "--mode", paramLabel = "MODE")
  private RetrievalMode mode = RetrievalMode.HYBRID;

  @Option(names = "--docs", paramLabel = "PATH")
  private List<String> docs = List.of();

  @Parameters(arity = "1..*", paramLabel = "QUERY")
  private List<String> words = List.of();

  @Override
  public ExitCode run(Invocation invocation) {
    if (limit < 1 || limit > MOST) {
      throw new InvalidRequest("--limit is 1 to " + MOST + ", not " + limit + ".");
    }
    List<Target> targets = Target.all(docs, invocation.surroundings().directory());
    try (Session session = Session.open(invocation, EnumSet.noneOf(Need.class))) {
      if (session.isEmpty()) {
        throw new NotFound("Nothing was ingested yet. Begin with: kass ingest FOLDER");
      }
      String query = String.join(" ", words);
      Retrieved retrieved =
          session
              .kass()
              .retrieval()
              .search(invocation.scope(ALLOWED), query, Target.filter(targets), limit, mode.legs());
      var references = invocation.references();
      Output output = invocation.output();
      output.json(json(query, retrieved, references));
      show(retrieved, references, output);
      return retrieved.passages().isEmpty() ? ExitCode.NOTHING_FOUND : ExitCode.FINE;
    }
  }

  private Json.Obj json(String query, Retrieved retrieved, References references) {
    return new Fields()
        .put("query", query)
        .put("mode", mode.label())
        .put("language", retrieved.language().code())
        .put("relevance", retrieved.relevance().score())
        .put("relevant", retrieved.relevance().relevant())
        .put("passages", retrieved.passages(), passage -> AnswerJson.json(passage, references))
        .json();
  }

  private static void show(Retrieved retrieved, References references, Output output) {
    if (retrieved.passages().isEmpty()) {
      output.line("Nothing was found.");
      return;
    }
    if (!retrieved.relevance().relevant()) {
      output.line("None of these seems to be about that; they are the nearest:");
      output.line("");
    }
    int number = 0;
    for (Passage passage : retrieved.passages()) {
      if (number > 0) {
        output.line("");
      }
      number++;
      show(number, passage, references, output);
    }
  }

  private static void show(int number, Passage passage, References references, Output output) {
    Chunk chunk = passage.chunk().chunk();
    Style style = output.style();
    String mark = number + ". ";
    String indent = " ".repeat(mark.length());
    String score = String.format(Locale.ROOT, "%.3f", passage.score());
    output.line(
        style.bold(mark)
            + references.place(chunk.document(), chunk.place())
            + style.dim("  " + score));
    int room = Math.min(output.columns(), COLUMNS) - indent.length();
    String headings = References.headings(chunk.place());
    if (!headings.isEmpty()) {
      Wrap.lines(headings, room).forEach(line -> output.line(indent + style.dim(line)));
    }
    List<String> lines = Wrap.lines(Printable.line(chunk.passage()), room);
    for (String line : lines.subList(0, Math.min(LINES, lines.size()))) {
      output.line(indent + line);
    }
    if (lines.size() > LINES) {
      output.line(indent + style.dim("…"));
    }
  }
}
