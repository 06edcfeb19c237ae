package io.kass.cli;

import io.kass.cli.Session.Need;
import io.kass.cli.terminal.Printable;
import io.kass.cli.terminal.Wrap;
import io.kass.ports.CallScope;
import io.kass.ports.Cursor;
import io.kass.ports.UserId;
import io.kass.ports.conversation.ConversationSummary;
import io.kass.ports.conversation.Message;
import io.kass.ports.error.KassException.InvalidRequest;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists a user's conversations. */
@Command(name = "list")
final class ConversationsListCommand implements Action {
  private static final int MOST = 10_000;
  private static final int WIDEST = 78;

  @Option(names = "--user", paramLabel = "USER")
  private String user = Invocation.USER.value();

  @Option(names = "--limit", paramLabel = "N")
  private int limit = 20;

  @Override
  public ExitCode run(Invocation invocation) {
    if (limit < 1 || limit > MOST) {
      throw new InvalidRequest("--limit is 1 to " + MOST + ", not " + limit + ".");
    }
    try (Session session = Session.open(invocation, EnumSet.noneOf(Need.class))) {
      CallScope scope = invocation.scope(DocumentsListCommand.ALLOWED);
      Output output = invocation.output();
      List<Listed> conversations =
          session.backend().conversations().list(scope, new UserId(user), limit).stream()
              .map(summary -> listed(summary, session, scope))
              .toList();
      output.json(
          new Fields().put("user", user).put("conversations", conversations, Listed::json).json());
      References references = invocation.references();
      conversations.forEach(conversation -> show(conversation, references, output));
      if (conversations.isEmpty()) {
        output.line("There are no conversations of " + Printable.line(user) + ".");
      }
      return conversations.isEmpty() ? ExitCode.NOTHING_FOUND : ExitCode.FINE;
    }
  }

  private static Listed listed(ConversationSummary summary, Session session, CallScope scope) {
    List<Message> first =
        session.backend().conversations().page(scope, summary.id(), Cursor.START).items();
    return new Listed(summary, first.isEmpty() ? "" : first.getFirst().content());
  }

  private static void show(Listed conversation, References references, Output output) {
    Instant at = conversation.summary().lastActivity();
    output.line(
        output.style().bold(Printable.line(conversation.summary().id().value()))
            + output.style().dim(at == null ? "" : "  " + references.time(at)));
    List<String> lines =
        Wrap.lines(Printable.line(conversation.question()), Math.min(output.columns(), WIDEST) - 3);
    output.line("  " + lines.getFirst() + (lines.size() > 1 ? "…" : ""));
  }

  /**
   * A conversation in the list.
   *
   * @param question what it began with
   */
  private record Listed(ConversationSummary summary, String question) {
    io.kass.ports.Json.Obj json() {
      Instant at = summary.lastActivity();
      return new Fields()
          .put("conversation", summary.id().value())
          .put("at", at == null ? null : at.toString())
          .put("question", question)
          .json();
    }
  }
}
