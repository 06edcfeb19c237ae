package io.kass.core.assistant;

import io.kass.ports.CallScope;
import io.kass.ports.assistant.Answer;
import io.kass.ports.assistant.AnswerEvent;
import io.kass.ports.assistant.AnswerListener;
import io.kass.ports.assistant.Citation;
import io.kass.ports.assistant.Passage;
import io.kass.ports.assistant.Question;
import io.kass.ports.assistant.Trace;
import io.kass.ports.chat.ChatMessage;
import io.kass.ports.chat.ChatModel;
import io.kass.ports.chat.ChatReply;
import io.kass.ports.chat.ChatRequest;
import io.kass.ports.chat.StopReason;
import io.kass.ports.conversation.Message;
import io.kass.ports.index.Chunk;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;

/** Answers written by a language model over numbered passages. */
final class GeneratedAnswers {
  private final ChatModel model;
  private final InstantSource clock;
  private final AssistantSettings settings;

  GeneratedAnswers(ChatModel model, InstantSource clock, AssistantSettings settings) {
    this.model = model;
    this.clock = clock;
    this.settings = settings;
  }

  Answer answer(
      CallScope scope,
      Question question,
      List<Message> history,
      List<Passage> passages,
      Trace trace,
      AnswerListener listener) {
    if (passages.isEmpty()) {
      return new Answer.Declined(QuotedAnswers.NOTHING_FOUND, trace);
    }
    List<ChatMessage> earlier = Prompt.history(history, settings.promptTokens() / 3);
    List<Passage> shown = fitting(passages, settings.promptTokens() - tokens(earlier));
    var markers =
        new CitationMarkers(shown.size(), piece -> listener.on(new AnswerEvent.Text(piece)));
    Instant asked = clock.instant();
    ChatReply reply = model.chat(scope, request(question, earlier, shown), markers::accept);
    markers.finish();
    if (reply.stop() instanceof StopReason.MaxTokens && !markers.text().isBlank()) {
      markers.accept("\n(The answer was cut at its length limit.)");
    }
    listener.on(new AnswerEvent.Usage(reply.usage()));
    Trace done =
        new Trace(
            trace.retrieval(),
            Duration.between(asked, clock.instant()),
            trace.total(),
            shown,
            reply.usage(),
            1,
            markers.removed());
    return outcome(reply.stop(), markers, shown, done);
  }

  private Answer outcome(
      StopReason stop, CitationMarkers markers, List<Passage> shown, Trace trace) {
    return switch (stop) {
      case StopReason.EndTurn end -> given(markers.text(), markers, shown, trace);
      case StopReason.StopSequence end -> given(markers.text(), markers, shown, trace);
      case StopReason.MaxTokens cut -> given(markers.text(), markers, shown, trace);
      case StopReason.ToolUse tool ->
          failed("the model asked for a tool that it does not have", trace);
      case StopReason.GuardrailIntervened guard -> failed("a guardrail stopped the answer", trace);
      case StopReason.ContentFiltered filter ->
          failed("the model's provider refused the answer", trace);
      case StopReason.MalformedToolUse malformed ->
          failed("the model's reply was malformed", trace);
      case StopReason.MalformedOutput malformed -> failed("the model's reply was malformed", trace);
      case StopReason.ContextWindowExceeded exceeded ->
          failed("the question and its passages do not fit the model's window", trace);
      case StopReason.Other(String name) -> failed("the model stopped with '" + name + "'", trace);
    };
  }

  private Answer given(String text, CitationMarkers markers, List<Passage> shown, Trace trace) {
    if (text.isBlank()) {
      return failed("the model said nothing", trace);
    }
    List<Citation> citations = citations(markers.cited(), shown);
    return new Answer.Given(
        text.strip(),
        citations.isEmpty() ? Answer.Kind.UNGROUNDED : Answer.Kind.GROUNDED,
        citations,
        model.id(),
        false,
        trace);
  }

  private static Answer failed(String why, Trace trace) {
    return new Answer.Failed("No answer: " + why + ".", trace);
  }

  private static List<Citation> citations(SortedSet<Integer> cited, List<Passage> shown) {
    var citations = new ArrayList<Citation>();
    for (int number : cited) {
      Chunk chunk = shown.get(number - 1).chunk().chunk();
      citations.add(
          new Citation(number, chunk.key(), chunk.document(), chunk.place(), chunk.passage()));
    }
    return citations;
  }

  private ChatRequest request(Question question, List<ChatMessage> earlier, List<Passage> shown) {
    var messages = new ArrayList<ChatMessage>(earlier);
    messages.add(new ChatMessage.FromUser(Prompt.question(question.text(), shown)));
    return new ChatRequest(
        Prompt.system(), messages, List.of(), settings.outputTokens(), settings.temperature());
  }

  private static int tokens(List<ChatMessage> messages) {
    int tokens = 0;
    for (ChatMessage message : messages) {
      tokens +=
          switch (message) {
            case ChatMessage.FromUser(String text) -> ApproximateTokens.count(text);
            case ChatMessage.FromModel model -> ApproximateTokens.count(model.text());
            case ChatMessage.ToolResults none -> 0;
          };
    }
    return tokens;
  }

  /** The best passages that fit the budget together; always at least the first. */
  private static List<Passage> fitting(List<Passage> passages, int tokens) {
    var shown = new ArrayList<Passage>();
    int left = tokens;
    for (Passage passage : passages) {
      left -= ApproximateTokens.count(passage.chunk().chunk().passage());
      if (left < 0 && !shown.isEmpty()) {
        break;
      }
      shown.add(passage);
    }
    return shown;
  }
}
