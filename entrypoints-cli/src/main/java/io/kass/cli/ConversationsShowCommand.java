package io.kass.cli;

import io.kass.cli.Session.Need;
import io.kass.cli.terminal.Printable;
import io.kass.cli.terminal.Wrap;
import io.kass.ports.CallScope;
import io.kass.ports.Cursor;
import io.kass.ports.Json;
import io.kass.ports.Page;
import io.kass.ports.conversation.ConversationId;
import io.kass.ports.conversation.Message;
import io.kass.ports.conversation.Role;
import io.kass.ports.error.KassException.NotFound;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows a whole conversation. */
@Command(name = "show")
final class ConversationsShowCommand implements Action {
  @Parameters(arity = "1", paramLabel = "ID")
  private String id = "";

  @Override
  public ExitCode run(Invocation invocation) {
    try (Session session = Session.open(invocation, EnumSet.noneOf(Need.class))) {
      CallScope scope = invocation.scope(DocumentsListCommand.ALLOWED);
      var conversation = new ConversationId(id);
      Page<Message> page =
          session.backend().conversations().page(scope, conversation, Cursor.START);
      if (page.items().isEmpty()) {
        throw unknown(id);
      }
      Output output = invocation.output();
      References references = invocation.references();
      var head = new Fields().put("conversation", id).json();
      boolean first = true;
      try (var json = new JsonList(output, head, "messages")) {
        while (!output.closedByReader()) {
          for (Message message : page.items()) {
            json.add(json(message));
            show(message, first, references, output);
            first = false;
          }
          Cursor next = page.next();
          if (next == null) {
            break;
          }
          page = session.backend().conversations().page(scope, conversation, next);
        }
      }
      return ExitCode.FINE;
    }
  }

  static NotFound unknown(String id) {
    return new NotFound(
        "There is no conversation '" + id + "'. 'kass conversations list' shows those there are.");
  }

  private static Json.Obj json(Message message) {
    Instant at = message.at();
    return new Fields()
        .put("role", message.role().name().toLowerCase(Locale.ROOT))
        .put("at", at == null ? null : at.toString())
        .put("user", message.user().value())
        .put("outcome", outcome(message).isEmpty() ? null : outcome(message))
        .put("content", message.content())
        .json();
  }

  private static String outcome(Message message) {
    return message.metadata().get("outcome") instanceof Json.Text text ? text.value() : "";
  }

  private static void show(Message message, boolean first, References references, Output output) {
    if (output.json()) {
      return;
    }
    if (!first) {
      output.line("");
    }
    boolean asked = message.role() == Role.USER;
    String name = asked ? Printable.line(message.user().value()) : "kass";
    Instant at = message.at();
    String when = !asked || at == null ? "" : "  " + references.time(at);
    output.line(output.style().bold(name) + output.style().dim(when));
    int room = output.columns() == Wrap.UNLIMITED ? output.columns() : output.columns() - 2;
    Wrap.lines(Printable.text(message.content()), room)
        .forEach(line -> output.line(line.isEmpty() ? "" : "  " + line));
    if (outcome(message).equals("stopped")) {
      output.line("  " + output.style().dim("(stopped)"));
    }
  }
}
