package io.kass.core.assistant;

import io.kass.ports.assistant.Passage;
import io.kass.ports.chat.ChatMessage;
import io.kass.ports.conversation.Message;
import io.kass.ports.conversation.Role;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a model is told. The words are a versioned resource beside this class; this class only fills
 * them in. Passages are numbered and fenced, and carry no names that a document could choose.
 */
final class Prompt {
  /** Changes with every change of the words, so that cached answers of other words are not used. */
  static final String VERSION = "answer-1";

  private static final String SYSTEM = resource("answer-1.txt");

  private Prompt() {}

  static String system() {
    return SYSTEM;
  }

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

  /**
   * Earlier messages as alternating turns that begin with the user's; broken pairs are left out.
   */
  static List<ChatMessage> history(List<Message> messages) {
    var history = new ArrayList<ChatMessage>();
    for (int i = 0; i + 1 < messages.size(); i++) {
      Message asked = messages.get(i);
      Message answered = messages.get(i + 1);
      if (asked.role() == Role.USER
          && answered.role() == Role.ASSISTANT
          && !asked.content().isBlank()
          && !answered.content().isBlank()) {
        history.add(new ChatMessage.FromUser(asked.content()));
        history.add(new ChatMessage.FromModel(answered.content(), List.of()));
        i++;
      }
    }
    return history;
  }

  /** A document cannot close its own fence. */
  private static String neutral(String text) {
    return text.replace("</passage", "<\u200b/passage").replace("<passage", "<\u200bpassage");
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
