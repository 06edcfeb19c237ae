package io.kass.cli;

import io.kass.cli.terminal.Printable;
import io.kass.cli.terminal.StreamingWrap;
import io.kass.ports.CallScope;
import io.kass.ports.assistant.Answer;
import io.kass.ports.assistant.AnswerEvent;
import io.kass.ports.assistant.AnswerListener;
import io.kass.ports.assistant.Question;
import io.kass.ports.conversation.ConversationId;
import io.kass.ports.error.KassException.NotFound;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers questions from documents and shows the answers as they come.
 *
 * @param session where they are answered from
 * @param targets the documents that count; all where there are none
 * @param ingested what became of them, where they were just ingested
 * @param references names the documents
 */
record Answering(
    Session session, List<Target> targets, @Nullable Ingested ingested, References references) {
  /** How long one answer may take. */
  static final Duration ALLOWED = Duration.ofMinutes(15);

  /**
   * Refuses where there is nothing to answer from.
   *
   * @param command what the user typed
   */
  void requireDocuments(String command) {
    if (session.isEmpty()) {
      throw new NotFound(nothingToAsk(command));
    }
  }

  private String nothingToAsk(String command) {
    if (targets.isEmpty()) {
      return "Nothing was ingested yet. Say where your documents are: " + command;
    }
    String names = Target.names(targets);
    return ingested != null && !ingested.report().skipped().isEmpty()
        ? "None of the documents in " + names + " can be read."
        : "There are no documents in " + names + ".";
  }

  /**
   * Answers a question.
   *
   * @param output shows the answer
   * @throws io.kass.ports.error.KassException when there is none; what came of it stays visible
   */
  Answer answer(CallScope scope, ConversationId conversation, String text, Output output) {
    var question = new Question(conversation, text, Target.filter(targets));
    var stream = new StreamingWrap(output.columns(), output::piece);
    boolean streams = session.backend().chat().present();
    var unrecorded = new ArrayList<String>();
    AnswerListener listener =
        event -> {
          if (streams) {
            follow(event, stream, scope, output);
          }
          if (event instanceof AnswerEvent.Unrecorded(String reason)) {
            unrecorded.add(reason);
          }
        };
    Answer answer;
    boolean whole = false;
    try {
      answer = session.kass().assistant().ask(scope, question, listener);
      whole = true;
    } finally {
      stream.finish();
      if (!whole && stream.begun()) {
        output.line("");
      }
    }
    for (String reason : unrecorded) {
      if (stream.begun()) {
        output.line("");
      }
      output.notice("This is not added to your conversations. " + reason);
    }
    output.json(AnswerJson.of(conversation, answer, ingested, references, output.takeNotices()));
    show(answer, stream.begun(), output);
    return answer;
  }

  private static void follow(
      AnswerEvent event, StreamingWrap stream, CallScope scope, Output output) {
    if (event instanceof AnswerEvent.Text(String piece)) {
      stream.accept(piece);
      if (output.closedByReader()) {
        scope.cancellation().cancel();
      }
    }
  }

  private void show(Answer answer, boolean streamed, Output output) {
    var page = new AnswerPage(references, output.style(), output.columns());
    switch (answer) {
      case Answer.Given given -> {
        if (given.kind() == Answer.Kind.QUOTES) {
          page.quotes(given.citations()).forEach(output::line);
        } else {
          showWritten(given, streamed, page, output);
        }
      }
      case Answer.Declined declined ->
          page.text(declined(declined, streamed)).forEach(output::line);
      case Answer.PendingApproval pending -> page.text(pending.text()).forEach(output::line);
      case Answer.Failed failed -> {
        if (streamed) {
          output.line("");
        }
        output.failure(failed.text());
      }
    }
  }

  /** The same for the next question: what was ingested is told once. */
  Answering afterwards() {
    return new Answering(session, targets, null, references);
  }

  /** How a command that only gave this answer ends. */
  static ExitCode exitCode(Answer answer) {
    return switch (answer) {
      case Answer.Given given -> ExitCode.FINE;
      case Answer.Declined declined -> ExitCode.NOTHING_FOUND;
      case Answer.PendingApproval pending -> ExitCode.FINE;
      case Answer.Failed failed -> ExitCode.UNAVAILABLE;
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
    if (given.kind() == Answer.Kind.UNGROUNDED) {
      page.text("(The language model named no document that says so.)").forEach(output::line);
    }
    page.sources(given.citations()).forEach(output::line);
  }

  private String declined(Answer.Declined declined, boolean streamed) {
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
