package io.kass.cli;

import io.kass.cli.Session.Need;
import io.kass.cli.terminal.Printable;
import io.kass.cli.terminal.StreamingWrap;
import io.kass.core.ingestion.Skipped;
import io.kass.ports.assistant.Answer;
import io.kass.ports.assistant.AnswerEvent;
import io.kass.ports.assistant.AnswerListener;
import io.kass.ports.assistant.Question;
import io.kass.ports.conversation.ConversationId;
import io.kass.ports.error.KassException.NotFound;
import io.kass.ports.error.KassException.Rejected;
import io.kass.ports.error.KassException.Unavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Answers a question from documents. */
@Command(name = "ask")
final class AskCommand implements Action {
  private static final Duration ALLOWED = Duration.ofMinutes(15);

  @Option(names = "--docs", paramLabel = "PATH")
  private List<String> docs = List.of();

  @Mixin private final ChunkingOption chunking = new ChunkingOption();

  @Parameters(arity = "1..*", paramLabel = "QUESTION")
  private List<String> words = List.of();

  @Override
  public ExitCode run(Invocation given) {
    Invocation invocation = chunking.over(given);
    String text = String.join(" ", words);
    List<Target> targets = Target.all(docs, invocation.surroundings().directory());
    try (Session session = Session.open(invocation, needs(targets))) {
      Ingested ingested = targets.isEmpty() ? null : ingest(invocation, session, targets);
      if (session.isEmpty()) {
        throw new NotFound(nothingToAsk(targets, ingested));
      }
      var scope = invocation.scope(ALLOWED);
      var question =
          new Question(
              new ConversationId("cli-" + scope.correlationId()), text, Target.filter(targets));
      Output output = invocation.output();
      var stream = new StreamingWrap(output.columns(), output::piece);
      boolean streams = session.backend().chat().present();
      var unrecorded = new ArrayList<String>();
      AnswerListener listener =
          event -> {
            if (streams) {
              follow(event, stream, invocation);
            }
            if (event instanceof AnswerEvent.Unrecorded(String reason)) {
              unrecorded.add(reason);
            }
          };
      Answer answer = session.kass().assistant().ask(scope, question, listener);
      stream.finish();
      for (String reason : unrecorded) {
        if (stream.begun()) {
          output.line("");
        }
        output.notice("This is not added to your conversations. " + reason);
      }
      var references = invocation.references();
      output.json(AnswerJson.of(answer, ingested, references, output.notices()));
      return show(answer, stream.begun(), targets, ingested, references, output);
    }
  }

  private static Set<Need> needs(List<Target> targets) {
    return targets.isEmpty() ? EnumSet.of(Need.CHAT) : EnumSet.of(Need.CHAT, Need.WRITING);
  }

  /** Brings the index up to date; where that cannot be done now, says why. */
  private static @Nullable Ingested ingest(
      Invocation invocation, Session session, List<Target> targets) {
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

  private static String nothingToAsk(List<Target> targets, @Nullable Ingested ingested) {
    if (targets.isEmpty()) {
      return "Nothing was ingested yet. Say where your documents are: kass ask --docs FOLDER"
          + " \"question\"";
    }
    String names = Target.names(targets);
    return ingested != null && !ingested.report().skipped().isEmpty()
        ? "None of the documents in " + names + " can be read."
        : "There are no documents in " + names + ".";
  }

  private static void follow(AnswerEvent event, StreamingWrap stream, Invocation invocation) {
    if (event instanceof AnswerEvent.Text(String piece)) {
      stream.accept(piece);
      if (invocation.output().closedByReader()) {
        invocation.cancellation().cancel();
      }
    }
  }

  private static ExitCode show(
      Answer answer,
      boolean streamed,
      List<Target> targets,
      @Nullable Ingested ingested,
      References references,
      Output output) {
    var page = new AnswerPage(references, output.style(), output.columns());
    return switch (answer) {
      case Answer.Given given -> {
        if (given.kind() == Answer.Kind.QUOTES) {
          page.quotes(given.citations()).forEach(output::line);
          output.hint(
              "Quotes from your documents, word for word. For a written answer, configure"
                  + " a language model: see 'kass help ask'.");
        } else {
          showWritten(given, streamed, page, output);
        }
        yield ExitCode.FINE;
      }
      case Answer.Declined declined -> {
        page.text(declined(declined, streamed, targets, ingested)).forEach(output::line);
        yield ExitCode.NOTHING_FOUND;
      }
      case Answer.PendingApproval pending -> {
        page.text(pending.text()).forEach(output::line);
        yield ExitCode.FINE;
      }
      case Answer.Failed failed -> {
        if (streamed) {
          output.line("");
        }
        output.failure(failed.text());
        yield ExitCode.UNAVAILABLE;
      }
    };
  }

  private static void showWritten(
      Answer.Given given, boolean streamed, AnswerPage page, Output output) {
    if (streamed) {
      output.line("");
    } else {
      page.text(given.text()).forEach(output::line);
    }
    output.line("");
    if (given.citations().isEmpty()) {
      page.text("(The language model named no document that says so.)").forEach(output::line);
    }
    page.sources(given.citations()).forEach(output::line);
  }

  private static String declined(
      Answer.Declined declined,
      boolean streamed,
      List<Target> targets,
      @Nullable Ingested ingested) {
    if (streamed) {
      return "";
    }
    if (declined.trace().iterations() > 0) {
      return declined.text();
    }
    String where = targets.isEmpty() ? "your documents" : Target.names(targets);
    int unread = ingested == null ? 0 : ingested.report().skipped().size();
    String also =
        unread == 0
            ? ""
            : " ("
                + Ingested.count(unread, "document")
                + " could not be read: see 'kass ingest "
                + Target.names(targets)
                + "'.)";
    return Printable.line("I found nothing about that in " + where + "." + also);
  }
}
