package io.kass.cli;

import io.kass.cli.terminal.Printable;
import io.kass.core.evaluation.Bootstrap;
import io.kass.core.evaluation.Evaluation;
import io.kass.core.evaluation.EvaluationReport;
import io.kass.core.evaluation.JudgedQuestion;
import io.kass.core.evaluation.Outcome;
import io.kass.core.evaluation.RetrievalMode;
import io.kass.ports.document.DocumentId;
import io.kass.ports.error.KassException.NotFound;
import io.kass.ports.index.SearchMode;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures search and answers on questions whose answers are known. */
@Command(name = "eval")
final class EvalCommand implements Action {
  @Parameters(paramLabel = "QUESTIONS.jsonl")
  private String file = "";

  @Option(names = "--docs", paramLabel = "PATH")
  private List<String> docs = List.of();

  @Option(names = "--mode", paramLabel = "MODE[,MODE...]", split = ",")
  private Set<RetrievalMode> wanted = EnumSet.noneOf(RetrievalMode.class);

  @Override
  public ExitCode run(Invocation invocation) {
    Target questionsFile = Target.of(file, invocation.surroundings().directory());
    List<JudgedQuestion> questions = JudgedQuestions.read(questionsFile.path(), file);
    List<Target> targets = Target.all(docs, invocation.surroundings().directory());
    try (EvaluatedDocuments documents = EvaluatedDocuments.open(invocation, targets)) {
      if (documents.session().isEmpty()) {
        throw new NotFound(
            targets.isEmpty()
                ? "Nothing was ingested yet. Say where the documents are: --docs FOLDER"
                : "There are no documents in " + Target.names(targets) + ".");
      }
      tellUnknown(questions, documents.ids(), invocation.output());
      Set<RetrievalMode> modes = modes(documents.session());
      List<Outcome> outcomes = ask(invocation, documents, questions, modes);
      var report = EvaluationReport.of(outcomes, EnumSet.copyOf(modes), Bootstrap.DEFAULTS);
      if (report.byKeywordsOnly() > 0) {
        invocation
            .output()
            .notice(
                ("The embedding model does not speak the language of %d of the questions: these"
                        + " were searched by keywords in every mode.")
                    .formatted(report.byKeywordsOnly()));
      }
      Output output = invocation.output();
      output.json(EvaluationJson.of(report, Bootstrap.DEFAULTS, output.takeNotices()));
      new EvaluationPage(output.style(), output.columns()).lines(report).forEach(output::line);
      return ExitCode.FINE;
    }
  }

  /** Those that were asked for; else all that the index knows. */
  private Set<RetrievalMode> modes(Session session) {
    if (!wanted.isEmpty()) {
      return wanted;
    }
    Set<SearchMode> possible = session.kass().retrieval().modes();
    var modes = EnumSet.allOf(RetrievalMode.class);
    modes.removeIf(mode -> !possible.containsAll(mode.legs()));
    return modes;
  }

  private static List<Outcome> ask(
      Invocation invocation,
      EvaluatedDocuments documents,
      List<JudgedQuestion> questions,
      Set<RetrievalMode> modes) {
    Session session = documents.session();
    var evaluation = new Evaluation(session.kass().retrieval(), session.settings().assistant());
    try (ProgressLine line = invocation.output().progress()) {
      return evaluation.run(
          invocation.scope(Ingesting.ALLOWED),
          questions,
          documents.filter(),
          EnumSet.copyOf(modes),
          Runtime.getRuntime().availableProcessors(),
          done -> line.show(columns -> "Asking " + done + "/" + questions.size() + " questions"));
    }
  }

  private static void tellUnknown(
      List<JudgedQuestion> questions, List<DocumentId> documents, Output output) {
    var names = new DocumentNames(documents);
    List<String> relevant =
        questions.stream().flatMap(question -> question.relevant().stream()).distinct().toList();
    tell(
        relevant.stream().filter(name -> names.count(name) == 0).toList(),
        "%s of relevant documents match no document, such as '%s'.",
        output);
    tell(
        relevant.stream().filter(name -> names.count(name) > 1).toList(),
        "%s of relevant documents match several documents, any of which counts, such as '%s'.",
        output);
  }

  private static void tell(List<String> names, String message, Output output) {
    if (!names.isEmpty()) {
      output.notice(
          message.formatted(
              Ingested.count(names.size(), "name"), Printable.line(names.getFirst())));
    }
  }
}
