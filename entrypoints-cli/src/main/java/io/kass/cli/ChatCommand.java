package io.kass.cli;

import io.kass.cli.Session.Need;
import io.kass.ports.conversation.ConversationId;
import io.kass.ports.conversation.Message;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Answers questions of one conversation, one after the other. */
@Command(name = "chat")
final class ChatCommand implements Action {
  @Option(names = "--docs", paramLabel = "PATH")
  private List<String> docs = List.of();

  @Mixin private final ChunkingOption chunking = new ChunkingOption();

  @Option(names = "--conversation", paramLabel = "ID")
  private @Nullable String conversation;

  @Override
  public ExitCode run(Invocation given) {
    Invocation invocation = chunking.over(given);
    List<Target> targets = Target.all(docs, invocation.surroundings().directory());
    Ingesting.refuseElsewhere(invocation, targets);
    Ingested ingested = targets.isEmpty() ? null : ingest(invocation, targets);
    try (Session session = Session.open(invocation, EnumSet.of(Need.CHAT))) {
      var answering = new Answering(session, targets, ingested, invocation.references());
      answering.requireDocuments("kass chat --docs FOLDER");
      ConversationId id =
          conversation == null ? invocation.newConversation() : known(conversation, session, given);
      try (ChatInput input = input(invocation)) {
        return new Chat(invocation, input, answering, id).run();
      }
    }
  }

  /** In a session of its own: who only chats must not keep others from writing the index. */
  private static @Nullable Ingested ingest(Invocation invocation, List<Target> targets) {
    try (Session session = Session.open(invocation, EnumSet.of(Need.WRITING))) {
      return Ingesting.first(invocation, session, targets);
    }
  }

  private static ConversationId known(String name, Session session, Invocation invocation) {
    var id = new ConversationId(name);
    List<Message> last =
        session
            .backend()
            .conversations()
            .last(invocation.scope(DocumentsListCommand.ALLOWED), id, 1);
    if (last.isEmpty() || !last.getFirst().user().equals(Invocation.USER)) {
      throw ConversationsShowCommand.unknown(name);
    }
    return id;
  }

  private static ChatInput input(Invocation invocation) {
    Surroundings surroundings = invocation.surroundings();
    if (!surroundings.inIsTerminal()
        || !surroundings.outIsTerminal()
        || invocation.output().json()) {
      return new PlainInput(invocation);
    }
    String terminal = surroundings.environment().getOrDefault("TERM", "");
    return terminal.isEmpty() || terminal.equals("dumb")
        ? new CookedInput(invocation)
        : new EditedInput(invocation, ChatHistory.of(invocation));
  }
}
