package io.kass.ports.chat;

import io.kass.ports.CallScope;
import io.kass.ports.chat.ChatMessage.FromModel;
import io.kass.ports.chat.ChatMessage.ToolCall;
import io.kass.ports.error.KassException;
import io.kass.ports.error.KassException.Cancelled;
import io.kass.ports.error.KassException.Unavailable;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A language model that follows a script: each request takes the next line of it, or the last line
 * again when there are no more. Remembers what it was asked.
 */
public final class ScriptedChatModel implements ChatModel {
  private static final Duration LONGEST_WAIT = Duration.ofDays(1);

  private final String id;
  private final Deque<Line> script = new ArrayDeque<>();
  private final List<ChatRequest> requests = new ArrayList<>();

  private sealed interface Line {
    record Reply(ChatReply reply) implements Line {}

    record Failure(KassException exception) implements Line {}

    record Hang(String text) implements Line {}
  }

  private ScriptedChatModel(String id) {
    this.id = id;
  }

  /** A model of the name {@code scripted}, with nothing in its script yet. */
  public static ScriptedChatModel create() {
    return new ScriptedChatModel("scripted");
  }

  /** Then it gives this reply. */
  public ScriptedChatModel reply(ChatReply reply) {
    return then(new Line.Reply(reply));
  }

  /** Then it says this, and has said all. */
  public ScriptedChatModel say(String text) {
    return reply(
        new ChatReply(new FromModel(text, List.of()), new StopReason.EndTurn(), TokenUsage.NONE));
  }

  /** Then it asks for these calls. */
  public ScriptedChatModel call(ToolCall... calls) {
    return reply(
        new ChatReply(
            new FromModel("", List.of(calls)), new StopReason.ToolUse(), TokenUsage.NONE));
  }

  /** Then it fails. */
  public ScriptedChatModel fail(KassException exception) {
    return then(new Line.Failure(exception));
  }

  /** Then it says this and nothing more, until the caller's scope ends. */
  public ScriptedChatModel hangAfter(String text) {
    return then(new Line.Hang(text));
  }

  private synchronized ScriptedChatModel then(Line line) {
    script.add(line);
    return this;
  }

  /** What it was asked, oldest first. */
  public synchronized List<ChatRequest> requests() {
    return List.copyOf(requests);
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public ChatReply chat(CallScope scope, ChatRequest request, ChatListener listener) {
    scope.check(InstantSource.system());
    return switch (next(request)) {
      case Line.Reply(ChatReply reply) -> {
        tell(reply.message().text(), listener);
        yield reply;
      }
      case Line.Failure(KassException exception) -> throw exception;
      case Line.Hang(String text) -> {
        tell(text, listener);
        throw hang(scope);
      }
    };
  }

  private synchronized Line next(ChatRequest request) {
    requests.add(request);
    @Nullable Line line = script.size() > 1 ? script.poll() : script.peek();
    if (line == null) {
      throw new AssertionError("the script is empty");
    }
    return line;
  }

  /** In pieces that end with a space, as models do. */
  private static void tell(String text, ChatListener listener) {
    int from = 0;
    while (from < text.length()) {
      int space = text.indexOf(' ', from);
      int to = space < 0 ? text.length() : space + 1;
      listener.text(text.substring(from, to));
      from = to;
    }
  }

  private static KassException hang(CallScope scope) {
    Duration left = scope.remaining(InstantSource.system());
    Duration wait = left.compareTo(LONGEST_WAIT) < 0 ? left : LONGEST_WAIT;
    var cancelled = new CountDownLatch(1);
    try (var registration = scope.cancellation().onCancel(cancelled::countDown)) {
      return cancelled.await(wait.toMillis(), TimeUnit.MILLISECONDS)
          ? new Cancelled("The call was cancelled.")
          : new Unavailable("The time allowed for this request has passed.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Cancelled("The thread that waited was interrupted.", e);
    }
  }
}
