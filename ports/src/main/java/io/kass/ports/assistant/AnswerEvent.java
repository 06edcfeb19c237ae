package io.kass.ports.assistant;

import io.kass.ports.chat.TokenUsage;
import java.util.List;

/** What happens while an answer comes about. */
public sealed interface AnswerEvent {
  /** These passages were retrieved. */
  record Retrieved(List<Passage> passages) implements AnswerEvent {
    public Retrieved {
      passages = List.copyOf(passages);
    }
  }

  /** The next piece of the answer's text. */
  record Text(String piece) implements AnswerEvent {}

  /** A tool begins to run. */
  record ToolStarted(String callId, String tool) implements AnswerEvent {}

  /** A tool has run. */
  record ToolFinished(String callId, String tool, boolean success) implements AnswerEvent {}

  /** A model call cost this. */
  record Usage(TokenUsage usage) implements AnswerEvent {}

  /**
   * The answer is as good as any, but the conversation could not be told of it.
   *
   * @param reason why not and what to do, for the user
   */
  record Unrecorded(String reason) implements AnswerEvent {}
}
