package io.kass.core.assistant;

import io.kass.core.retrieval.Retrieved;
import io.kass.core.safety.AllowedHosts;
import io.kass.core.safety.SafeLinks;
import io.kass.core.tool.ToolTurn;
import io.kass.ports.CallScope;
import io.kass.ports.assistant.Answer;
import io.kass.ports.assistant.AnswerEvent;
import io.kass.ports.assistant.AnswerListener;
import io.kass.ports.assistant.Citation;
import io.kass.ports.assistant.Passage;
import io.kass.ports.assistant.ToolRun;
import io.kass.ports.assistant.Trace;
import io.kass.ports.chat.ChatMessage;
import io.kass.ports.chat.ChatMessage.ToolResult;
import io.kass.ports.chat.ChatModel;
import io.kass.ports.chat.ChatReply;
import io.kass.ports.chat.ChatRequest;
import io.kass.ports.chat.StopReason;
import io.kass.ports.error.KassException.Unavailable;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers written by a language model over numbered passages, with tools. What the model says goes
 * out as it comes, without links that lead elsewhere and without markers that name nothing.
 * Thread-safe.
 */
final class GeneratedAnswers {
  private final ChatModel model;
  private final QuotedAnswers quoted;
  private final InstantSource clock;
  private final AssistantSettings settings;
  private final AnswerLimits limits;
  private final AllowedHosts hosts;

  GeneratedAnswers(
      ChatModel model,
      QuotedAnswers quoted,
      InstantSource clock,
      AssistantSettings settings,
      AnswerLimits limits) {
    this.model = model;
    this.quoted = quoted;
    this.clock = clock;
    this.settings = settings;
    this.limits = limits;
    this.hosts = settings.hosts();
  }

  /**
   * What a turn is to be answered from.
   *
   * @param question the user's words
   * @param earlier what was said before
   * @param retrieved what was found; null where nothing had to be searched
   * @param shown the passages that the model is shown
   */
  record Material(
      String question,
      List<ChatMessage> earlier,
      @Nullable Retrieved retrieved,
      List<Passage> shown) {}

  Answer answer(
      CallScope scope,
      Material material,
      ToolTurn tools,
      TurnMeter meter,
      AnswerListener listener) {
    if (material.retrieved() != null && material.shown().isEmpty() && tools.offered().isEmpty()) {
      return new Answer.Declined(QuotedAnswers.NOTHING_FOUND, meter.trace());
    }
    return new Writing(scope, material, tools, meter, listener).answer();
  }

  /** One answer as it is written. Used by one thread. */
  private final class Writing {
    private final CallScope scope;
    private final Material material;
    private final ToolTurn tools;
    private final TurnMeter meter;
    private final AnswerListener listener;
    private final CitationMarkers markers;
    private final SafeLinks links;
    private final List<ChatMessage> messages;

    /** Between what the model says before a round of tools and after it. */
    private boolean paragraph;

    Writing(
        CallScope scope,
        Material material,
        ToolTurn tools,
        TurnMeter meter,
        AnswerListener listener) {
      this.scope = scope;
      this.material = material;
      this.tools = tools;
      this.meter = meter;
      this.listener = listener;
      markers =
          new CitationMarkers(
              material.shown().size(), piece -> listener.on(new AnswerEvent.Text(piece)));
      links = new SafeLinks(hosts, markers::accept);
      messages = new ArrayList<>(material.earlier());
      messages.add(
          new ChatMessage.FromUser(
              material.shown().isEmpty()
                  ? material.question()
                  : Prompt.question(material.question(), material.shown())));
    }

    Answer answer() {
      for (int left = limits.iterations(); left > 0; left--) {
        if (meter.tokens() >= limits.tokens()) {
          return cutShort("the limit of " + limits.tokens() + " tokens for one answer is reached");
        }
        ChatReply reply;
        try {
          reply = ask();
        } catch (Unavailable e) {
          if (clock.instant().isBefore(scope.deadline())) {
            throw e;
          }
          return cutShort("the time allowed for one answer has passed");
        }
        if (!(reply.stop() instanceof StopReason.ToolUse)) {
          return ended(reply.stop());
        }
        if (reply.message().calls().isEmpty()) {
          return failed("the model's reply was malformed");
        }
        ToolTurn.Round round = tools.run(scope, reply.message().calls(), listener);
        meter.ran(tools.runs());
        if (round.pending() != null) {
          String text = "This waits for approval: " + round.pending().action().tool().name() + ".";
          return new Answer.PendingApproval(text, round.pending(), traced());
        }
        messages.add(reply.message());
        messages.add(new ChatMessage.ToolResults(results(round.results(), left == 2)));
        paragraph = !markers.text().isBlank();
      }
      return cutShort(
          "the model asked for tools again and again, and the limit of "
              + limits.iterations()
              + " rounds is reached");
    }

    private ChatReply ask() {
      Instant asked = clock.instant();
      String system = material.retrieved() == null ? Prompt.TALK : Prompt.ANSWER;
      var request =
          new ChatRequest(
              system, messages, tools.offered(), settings.outputTokens(), settings.temperature());
      ChatReply reply = model.chat(scope, request, this::hear);
      meter.generated(asked);
      meter.used(model.id(), reply.usage());
      listener.on(new AnswerEvent.Usage(reply.usage()));
      return reply;
    }

    private void hear(String piece) {
      if (paragraph) {
        paragraph = false;
        links.accept("\n\n");
      }
      links.accept(piece);
    }

    private List<ToolResult> results(List<ToolResult> results, boolean last) {
      var marked = new ArrayList<ToolResult>(results.size());
      for (ToolResult result : results) {
        String text = Prompt.toolResult(result.text());
        boolean told = last && marked.size() == results.size() - 1;
        marked.add(
            new ToolResult(
                result.id(), result.success(), told ? text + "\n" + Prompt.LAST_ROUND : text));
      }
      return marked;
    }

    private Answer ended(StopReason stop) {
      return switch (stop) {
        case StopReason.EndTurn end -> given();
        case StopReason.StopSequence end -> given();
        case StopReason.MaxTokens cut -> {
          if (!markers.text().isBlank()) {
            links.accept("\n(The answer was cut at its length limit.)");
          }
          yield given();
        }
        case StopReason.ToolUse tool -> throw new IllegalStateException("tools are run before");
        case StopReason.GuardrailIntervened guard -> failed("a guardrail stopped the answer");
        case StopReason.ContentFiltered filter -> failed("the model's provider refused the answer");
        case StopReason.MalformedToolUse malformed -> failed("the model's reply was malformed");
        case StopReason.MalformedOutput malformed -> failed("the model's reply was malformed");
        case StopReason.ContextWindowExceeded exceeded ->
            failed("the question and its passages do not fit the model's window");
        case StopReason.Other(String name) -> failed("the model stopped with '" + name + "'");
      };
    }

    private Answer given() {
      finish();
      String text = markers.text().strip();
      if (text.isEmpty()) {
        return failed("the model said nothing");
      }
      List<Citation> citations = SupportingQuotes.of(text, markers.cited(), material.shown());
      return new Answer.Given(text, kind(citations), citations, model.id(), false, traced());
    }

    private Answer.Kind kind(List<Citation> citations) {
      if (!citations.isEmpty()) {
        return Answer.Kind.GROUNDED;
      }
      return material.retrieved() == null || tools.runs().stream().anyMatch(ToolRun::success)
          ? Answer.Kind.PLAIN
          : Answer.Kind.UNGROUNDED;
    }

    private Answer failed(String why) {
      finish();
      return new Answer.Failed("No answer: " + why + ".", traced());
    }

    /** A limit was reached: what was said so far, and what the documents themselves say. */
    private Answer cutShort(String why) {
      finish();
      var text = new StringBuilder("No full answer: ").append(why).append('.');
      if (!markers.text().isBlank()) {
        text.append("\n\nAs far as it came: ").append(markers.text().strip());
      }
      if (material.retrieved() != null
          && quoted.answer(material.retrieved()) instanceof Answer.Given quotes) {
        text.append("\n\nThe documents say:");
        for (Citation quote : quotes.citations()) {
          text.append("\n\u201c")
              .append(SafeLinks.of(hosts, quote.quote()))
              .append("\u201d (")
              .append(quote.document().value())
              .append(')');
        }
      }
      return new Answer.Failed(text.toString(), traced());
    }

    private void finish() {
      links.finish();
      markers.finish();
      meter.removed(markers.removed(), links.removed());
    }

    private Trace traced() {
      return meter.trace();
    }
  }
}
