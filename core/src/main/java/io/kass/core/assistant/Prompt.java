package io.kass.core.assistant;

import io.kass.core.safety.Visible;
import io.kass.ports.Json;
import io.kass.ports.assistant.Passage;
import io.kass.ports.chat.ChatMessage;
import io.kass.ports.chat.TokenCounter;
import io.kass.ports.conversation.Message;
import io.kass.ports.conversation.Role;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a model is told. The words are a versioned resource beside this class; this class only fills
 * them in. Passages are numbered and fenced, and carry no names that a document could choose.
 */
final class Prompt {
  /** Names the words that answers are asked for with; another version may answer otherwise. */
  static final String VERSION = "answer-2";

  /** How to answer from passages. */
  static final String ANSWER = resource(VERSION + ".txt");

  /** How to answer a greeting. */
  static final String TALK = resource("talk-1.txt");

  /** How to make a question stand alone. */
  static final String REWRITE = resource("rewrite-1.txt");

  /** Added to the outcome of the last round of tools. */
  static final String LAST_ROUND = resource("last-round-1.txt");

  private static final Pattern FENCE =
      Pattern.compile("<(?=\\s*/?\\s*(?:passage|tool))", Pattern.CASE_INSENSITIVE);

  private Prompt() {}

  /** The passages and the question as the last message of the user. */
  static String question(String question, List<Passage> passages) {
    var out = new StringBuilder("<passages>\n");
    for (int i = 0; i < passages.size(); i++) {
      out.append("<passage number=\"").append(i + 1).append("\">\n");
      out.append(neutral(passages.get(i).chunk().chunk().passage()));
      out.append("\n</passage>\n");
    }
    return out.append("</passages>\n\n").append(question).toString();
  }

  /** A question that is to be made to stand alone. */
  static String followUp(String question) {
    return "<question>\n" + question + "\n</question>";
  }

  /** What a tool said, marked as data. */
  static String toolResult(String text) {
    return "<tool_result>\n" + neutral(text) + "\n</tool_result>";
  }

  /**
   * Earlier messages as alternating turns that begin with the user's: the latest pairs that fit
   * together. Broken pairs are left out, and so are turns that failed: what was said then are not
   * the model's words.
   *
   * @param tokens how long they may be
   */
  static List<ChatMessage> history(List<Message> messages, int tokens, TokenCounter counter) {
    var history = new ArrayDeque<ChatMessage>();
    int left = tokens;
    for (int i = messages.size() - 2; i >= 0; i--) {
      Message asked = messages.get(i);
      Message answered = messages.get(i + 1);
      if (isPair(asked, answered)) {
        left -= counter.count(asked.content()) + counter.count(answered.content());
        if (left < 0) {
          break;
        }
        history.addFirst(new ChatMessage.FromModel(answered.content(), List.of()));
        history.addFirst(new ChatMessage.FromUser(asked.content()));
        i--;
      }
    }
    return List.copyOf(history);
  }

  private static boolean isPair(Message asked, Message answered) {
    return asked.role() == Role.USER
        && answered.role() == Role.ASSISTANT
        && !asked.content().isBlank()
        && !answered.content().isBlank()
        && !Json.of(TurnRecords.FAILED).equals(answered.metadata().get(TurnRecords.OUTCOME));
  }

  /** A document cannot close its own fence, nor say what a person does not see. */
  private static String neutral(String text) {
    String visible = Visible.of(text);
    return visible.indexOf('<') < 0 ? visible : FENCE.matcher(visible).replaceAll("<\u200b");
  }

  private static String resource(String name) {
    try (InputStream in = Prompt.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("missing resource " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
