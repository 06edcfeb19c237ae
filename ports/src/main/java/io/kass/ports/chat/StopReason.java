package io.kass.ports.chat;

/** Why a model stopped. */
public sealed interface StopReason {
  /** It had said all. */
  record EndTurn() implements StopReason {}

  /** It waits for the outcome of tools. */
  record ToolUse() implements StopReason {}

  /** The reply was cut at its length limit; a tool call in it may be cut too and never runs. */
  record MaxTokens() implements StopReason {}

  /** It said a word on which it was to stop. */
  record StopSequence() implements StopReason {}

  /** A guardrail replaced or refused the reply. */
  record GuardrailIntervened() implements StopReason {}

  /** The provider's filter refused the reply. */
  record ContentFiltered() implements StopReason {}

  /** It asked for a tool in a form that cannot be read; nothing runs. */
  record MalformedToolUse() implements StopReason {}

  /** Its output cannot be read. */
  record MalformedOutput() implements StopReason {}

  /** The request did not fit the model's window. */
  record ContextWindowExceeded() implements StopReason {}

  /** A reason that this version does not know; treated as an incomplete reply. */
  record Other(String name) implements StopReason {}
}
