package io.kass.cli;

import io.kass.cli.ChatInput.Entry;
import io.kass.ports.Cancellation;
import io.kass.ports.assistant.Answer;
import io.kass.ports.assistant.Citation;
import io.kass.ports.config.Nearest;
import io.kass.ports.conversation.ConversationId;
import io.kass.ports.error.KassException;
import io.kass.ports.error.KassException.Cancelled;
import io.kass.ports.error.KassException.Internal;
import io.kass.ports.index.Chunk;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One chat, from its first question to its last. Used by one thread. */
final class Chat {
  private static final String KEYS =
      """
      Enter asks. A \\ before it, or Alt-Enter, begins another line.
      Ctrl-C stops an answer, or clears what you typed. Ctrl-D leaves.\
      """;

  private final Invocation invocation;
  private final ChatInput input;
  private Answering answering;
  private ConversationId conversation;
  private Output output;
  private @Nullable Answer last;
  private boolean said;
  private ExitCode worst = ExitCode.FINE;

  Chat(Invocation invocation, ChatInput input, Answering answering, ConversationId conversation) {
    this.invocation = invocation;
    this.input = input;
    this.answering = answering;
    this.conversation = conversation;
    this.output = invocation.output();
  }

  /**
   * Answers until there are no more questions.
   *
   * @return fine after a talk with a person; else the gravest end of a question
   */
  ExitCode run() {
    if (input.conversing()) {
      output.aside(greeting());
    }
    boolean givenUp = false;
    boolean goesOn = true;
    while (goesOn) {
      Entry entry = input.next();
      output = invocation.output().resized(input.columns());
      goesOn =
          switch (entry) {
            case Entry.Line(String text) -> take(text);
            case Entry.GivenUp(boolean nothing) -> !(givenUp && nothing) && mentionTheWayOut();
            case Entry.End() -> false;
          };
      givenUp = entry instanceof Entry.GivenUp;
      output.finish();
    }
    if (!input.conversing()) {
      return worst;
    }
    if (said) {
      output.hint("To go on with this conversation: kass chat --conversation " + conversation);
    }
    return ExitCode.FINE;
  }

  private String greeting() {
    String how =
        answering.session().backend().chat().present()
            ? "Ask your documents."
            : "Ask your documents: answers are quotes, word for word. 'kass help ask' says how to"
                + " have them written by a language model.";
    return how + " /help shows what else there is; Ctrl-D leaves.";
  }

  private boolean mentionTheWayOut() {
    output.aside("(Ctrl-C again, or Ctrl-D, leaves.)");
    return true;
  }

  /** Does what was said; false when that was to leave. */
  private boolean take(String text) {
    if (!input.conversing()) {
      return ask(text);
    }
    boolean goesOn = SlashCommand.isMeant(text) ? obey(text) : ask(text);
    output.line("");
    return goesOn;
  }

  private boolean obey(String text) {
    SlashCommand command = SlashCommand.of(text).orElse(null);
    if (command == null) {
      output.paragraph(
          "There is no %s. Did you mean %s? /help shows all."
              .formatted(text, Nearest.of(text, SlashCommand.all())));
      return true;
    }
    return switch (command) {
      case SOURCES -> showSources();
      case NEW -> beginAnew();
      case HELP -> help();
      case QUIT -> false;
    };
  }

  private boolean showSources() {
    List<Citation> citations =
        last instanceof Answer.Given given ? given.citations() : List.<Citation>of();
    if (last == null) {
      output.line("Nothing was answered yet.");
    } else if (citations.isEmpty()) {
      output.line("The last answer rests on no document.");
    }
    var view = new PassageView(output, true);
    for (Citation citation : citations) {
      view.show(
          "[%d] %s"
              .formatted(
                  citation.number(),
                  answering.references().place(citation.document(), citation.place())),
          citation.place(),
          passage(citation));
    }
    return true;
  }

  /** The whole passage that a quote is from. */
  private String passage(Citation citation) {
    return last == null
        ? citation.quote()
        : last.trace().retrieved().stream()
            .filter(passage -> passage.chunk().key().equals(citation.chunk()))
            .map(passage -> passage.chunk().chunk())
            .map(Chunk::passage)
            .findFirst()
            .orElse(citation.quote());
  }

  private boolean beginAnew() {
    conversation = invocation.newConversation();
    last = null;
    said = false;
    output.line("A new conversation.");
    return true;
  }

  private boolean help() {
    for (SlashCommand command : SlashCommand.values()) {
      output.line("%-9s %s".formatted(command.typed(), command.what()));
    }
    output.line("");
    output.paragraph(KEYS);
    return true;
  }

  private boolean ask(String text) {
    var turn = new Cancellation();
    try (var stop = input.answering(turn)) {
      last =
          answering.answer(invocation.scope(Answering.ALLOWED, turn), conversation, text, output);
      said = true;
      ended(Answering.exitCode(last));
    } catch (Cancelled stopped) {
      said = true;
      last = null;
      if (invocation.cancellation().isCancelled() || output.closedByReader()) {
        throw stopped;
      }
      output.line(output.style().dim("(stopped)"));
    } catch (Internal fault) {
      throw fault;
    } catch (KassException failure) {
      last = null;
      ended(ExitCode.of(failure));
      output.json(CommandRunner.json(failure, failure.getMessage()));
      if (!output.json()) {
        output.failure(failure.getMessage());
      }
    }
    answering = answering.afterwards();
    return !output.closedByReader();
  }

  private void ended(ExitCode code) {
    worst = code.number() > worst.number() ? code : worst;
  }
}
