package io.kass.local.openai;

import io.kass.local.http.Members;
import io.kass.ports.Json;
import io.kass.ports.chat.ChatListener;
import io.kass.ports.chat.ChatMessage.FromModel;
import io.kass.ports.chat.ChatReply;
import io.kass.ports.chat.StopReason;
import io.kass.ports.chat.TokenUsage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Reads a reply out of the bytes of a response, in pieces of any size. They hold a stream of events
 * or, from servers that do not stream, one object; what they hold is seen from their beginning,
 * since servers disagree on how to declare it. Not thread-safe.
 */
final class ReplyReader {
  /** How many bytes an event, or a reply that is not streamed, may have. */
  private static final int LONGEST = 16 << 20;

  private static final String DONE = "[DONE]";

  private final OpenAiErrors errors;
  private final OpenAiReply reply;
  private final SseReader events = new SseReader(LONGEST);
  private final ByteArrayOutputStream object = new ByteArrayOutputStream();
  private Kind kind = Kind.UNKNOWN;
  private boolean done;
  private boolean windowExceeded;

  private enum Kind {
    UNKNOWN,
    EVENTS,
    OBJECT
  }

  ReplyReader(OpenAiErrors errors, ChatListener listener) {
    this.errors = errors;
    this.reply = new OpenAiReply(listener);
  }

  /**
   * Takes the next bytes, and tells the listener of the text in them.
   *
   * @return whether the reply is complete, so that no more need be read
   * @throws io.kass.ports.error.KassException when they hold an error, or no reply at all
   */
  boolean read(ByteBuffer bytes) {
    if (kind == Kind.UNKNOWN) {
      kind = kind(bytes);
    }
    switch (kind) {
      case UNKNOWN -> {}
      case EVENTS -> chunks(readEvents(bytes));
      case OBJECT -> {
        if (object.size() + bytes.remaining() > LONGEST) {
          throw errors.notTheProtocol();
        }
        while (bytes.hasRemaining()) {
          object.write(bytes.get());
        }
      }
    }
    return done;
  }

  private List<String> readEvents(ByteBuffer bytes) {
    try {
      return events.read(bytes);
    } catch (IllegalArgumentException e) {
      throw errors.notTheProtocol();
    }
  }

  /** Skips white space and a byte order mark, and looks at what comes then. */
  private Kind kind(ByteBuffer bytes) {
    while (bytes.hasRemaining()) {
      int b = bytes.get(bytes.position()) & 0xff;
      switch (b) {
        case ' ', '\t', '\r', '\n', 0xef, 0xbb, 0xbf -> bytes.get();
        case '{' -> {
          return Kind.OBJECT;
        }
        case '<' -> throw errors.notTheProtocol(); // a page
        default -> {
          return Kind.EVENTS;
        }
      }
    }
    return Kind.UNKNOWN;
  }

  /**
   * The reply, when it is complete or the bytes have ended.
   *
   * @throws io.kass.ports.error.KassException.Unavailable when it is not complete
   */
  ChatReply end() {
    if (kind == Kind.OBJECT) {
      chunk(object.toString(StandardCharsets.UTF_8));
    } else if (!done) {
      chunks(events.end());
    }
    if (windowExceeded) {
      return new ChatReply(
          new FromModel("", List.of()), new StopReason.ContextWindowExceeded(), TokenUsage.NONE);
    }
    if (!done && !reply.isFinished()) {
      throw errors.brokeOff();
    }
    return reply.build();
  }

  private void chunks(List<String> texts) {
    for (String text : texts) {
      if (text.strip().equals(DONE)) {
        done = true;
      } else if (!done && !text.isBlank()) {
        chunk(text);
      }
    }
  }

  private void chunk(String text) {
    Json chunk = withError(parsed(text));
    if (!(Members.at(chunk, "error") instanceof Json.Obj)) {
      reply.add(chunk);
    } else if (OpenAiErrors.exceedsWindow(chunk)) {
      windowExceeded = true;
      done = true;
    } else {
      throw errors.inStream(chunk);
    }
  }

  private Json parsed(String text) {
    try {
      return Json.parse(text);
    } catch (IllegalArgumentException e) {
      throw errors.brokeOff();
    }
  }

  /** Errors come as a member of that name, as a text, or by themselves. */
  private static Json withError(Json chunk) {
    if (Members.at(chunk, "error") instanceof Json.Text text) {
      return new Json.Obj(Map.of("error", new Json.Obj(Map.of("message", text))));
    }
    boolean bare =
        Members.at(chunk, "choices") == null && Members.at(chunk, "message") instanceof Json.Text;
    return bare ? new Json.Obj(Map.of("error", chunk)) : chunk;
  }
}
