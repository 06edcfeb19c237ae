package io.kass.local.chat;

import io.kass.local.http.Framing;
import io.kass.local.http.LineReader;
import io.kass.local.http.Members;
import io.kass.ports.Json;
import io.kass.ports.chat.ChatListener;
import io.kass.ports.chat.ChatReply;
import io.kass.ports.chat.StopReason;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a reply out of the bytes of a response, in pieces of any size. They hold a stream of events
 * or, from servers that do not stream, one object; what they hold is seen from their beginning,
 * since servers disagree on how to declare it. Not thread-safe.
 */
final class ReplyReader {
  private static final String DONE = "[DONE]";

  private final ChatErrors errors;
  private final Reply reply;
  private final Framing framing;
  private final ByteArrayOutputStream object = new ByteArrayOutputStream();
  private Kind kind = Kind.UNKNOWN;
  private boolean done;
  private @Nullable StopReason refused;

  private enum Kind {
    UNKNOWN,
    MESSAGES,
    OBJECT
  }

  ReplyReader(ChatProtocol protocol, ChatErrors errors, ChatListener listener) {
    this.errors = errors;
    this.reply = protocol.reply(listener);
    this.framing = protocol.framing();
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
      case MESSAGES -> chunks(readMessages(bytes));
      case OBJECT -> {
        if (object.size() + bytes.remaining() > ChatProtocol.LONGEST) {
          throw errors.notTheProtocol();
        }
        while (bytes.hasRemaining()) {
          object.write(bytes.get());
        }
      }
    }
    return done;
  }

  private List<String> readMessages(ByteBuffer bytes) {
    try {
      return framing.read(bytes);
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
        case '{', '[' -> {
          return framing instanceof LineReader ? Kind.MESSAGES : Kind.OBJECT;
        }
        case '<' -> throw errors.notTheProtocol(); // a page
        default -> {
          return Kind.MESSAGES;
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
      Json whole = parsed(object.toString(StandardCharsets.UTF_8));
      // Gemini streams an array where its request lost its parameter on the way.
      List<Json> chunks = whole instanceof Json.Array(List<Json> items) ? items : List.of(whole);
      chunks.forEach(this::chunk);
    } else if (!done) {
      chunks(framing.end());
    }
    if (refused != null) {
      return HttpChatModel.empty(refused);
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
        chunk(parsed(text));
      }
    }
  }

  private void chunk(Json message) {
    Json chunk = withError(message);
    if (!(Members.at(chunk, "error") instanceof Json.Obj)) {
      reply.add(chunk);
      done = reply.isComplete();
      return;
    }
    refused = ChatErrors.stopReason(0, chunk);
    if (refused == null) {
      throw errors.inStream(chunk);
    }
    done = true;
  }

  private Json parsed(String text) {
    try {
      return Json.parse(text);
    } catch (IllegalArgumentException e) {
      throw errors.brokeOff();
    }
  }

  /** Errors come as a member of that name, as a text, in a place of Groq's, or by themselves. */
  private static Json withError(Json chunk) {
    for (Json error :
        new @Nullable Json[] {Members.at(chunk, "error"), Members.at(chunk, "x_groq", "error")}) {
      if (error instanceof Json.Text text) {
        return new Json.Obj(Map.of("error", new Json.Obj(Map.of("message", text))));
      }
    }
    boolean bare =
        Members.at(chunk, "choices") == null && Members.at(chunk, "message") instanceof Json.Text;
    return bare ? new Json.Obj(Map.of("error", chunk)) : chunk;
  }
}
