package io.kass.cli;

import io.kass.cli.Session.Need;
import io.kass.ports.CallScope;
import io.kass.ports.conversation.ConversationId;
import io.kass.ports.conversation.ConversationLog;
import java.util.EnumSet;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Deletes conversations. */
@Command(name = "delete")
final class ConversationsDeleteCommand implements Action {
  @Parameters(arity = "1..*", paramLabel = "ID")
  private List<String> ids = List.of();

  @Mixin private final Confirmation confirmation = new Confirmation();

  @Override
  public ExitCode run(Invocation invocation) {
    try (Session session = Session.open(invocation, EnumSet.of(Need.WRITING))) {
      CallScope scope = invocation.scope(DocumentsListCommand.ALLOWED);
      ConversationLog log = session.backend().conversations();
      List<ConversationId> all = ids.stream().distinct().map(ConversationId::new).toList();
      for (ConversationId id : all) {
        // All or none: a slip of the pen in one must not cost the others.
        if (log.last(scope, id, 1).isEmpty()) {
          throw ConversationsShowCommand.unknown(id.value());
        }
      }
      String question = "Delete " + Ingested.count(all.size(), "conversation") + " for good?";
      long deleted = 0;
      if (confirmation.given(invocation, question)) {
        for (ConversationId id : all) {
          deleted += log.delete(scope, id) ? 1 : 0;
        }
      }
      Output output = invocation.output();
      output.json(new Fields().put("deleted", deleted).json());
      if (!output.quiet()) {
        output.line(
            deleted == 0
                ? "Nothing was deleted."
                : Ingested.count(deleted, "conversation") + " deleted.");
      }
      return ExitCode.FINE;
    }
  }
}
