package io.kass.cli;

import io.kass.cli.Session.Need;
import io.kass.ports.CallScope;
import io.kass.ports.assistant.Answer;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Answers a question from documents. */
@Command(name = "ask")
final class AskCommand implements Action {
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
    Ingesting.refuseElsewhere(invocation, targets);
    try (Session session = Session.open(invocation, needs(targets))) {
      Ingested ingested = targets.isEmpty() ? null : Ingesting.first(invocation, session, targets);
      var answering = new Answering(session, targets, ingested, invocation.references());
      answering.requireDocuments("kass ask --docs FOLDER \"question\"");
      CallScope scope = invocation.scope(Answering.ALLOWED);
      Output output = invocation.output();
      Answer answer = answering.answer(scope, invocation.newConversation(), text, output);
      if (answer instanceof Answer.Given quoted && quoted.kind() == Answer.Kind.QUOTES) {
        output.hint(
            "Quotes from your documents, word for word. For a written answer, configure"
                + " a language model: see 'kass help ask'.");
      }
      return Answering.exitCode(answer);
    }
  }

  private static Set<Need> needs(List<Target> targets) {
    return targets.isEmpty() ? EnumSet.of(Need.CHAT) : EnumSet.of(Need.CHAT, Need.WRITING);
  }
}
