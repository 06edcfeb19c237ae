package io.kass.local.chat;

import io.kass.local.http.Endpoint;
import io.kass.local.http.Members;
import io.kass.local.http.ModelErrors;
import io.kass.local.http.ServerErrors;
import io.kass.ports.Json;
import io.kass.ports.chat.StopReason;
import io.kass.ports.error.KassException;
import io.kass.ports.error.KassException.Unavailable;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What servers of language models say when they fail, in the words of the ports. */
final class ChatErrors {
  private static final Duration DEFAULT_WAIT = Duration.ofSeconds(5);
  private static final HttpHeaders NO_HEADERS = HttpHeaders.of(Map.of(), (name, value) -> true);
  private static final int THROTTLED = 429;

  private final ModelErrors model;

  ChatErrors(ChatConfig config, Endpoint endpoint, InstantSource clock) {
    String name =
        switch (config.provider()) {
          case OPENAI -> "The chat server";
          case GEMINI -> "Gemini";
          case GROQ -> "Groq";
          case OLLAMA -> "Ollama";
        };
    String keySetting =
        switch (config.provider()) {
          case OPENAI, OLLAMA -> "KASS_CHAT_KEY";
          case GEMINI -> "KASS_CHAT_KEY, or GEMINI_API_KEY of the legacy deployment";
          case GROQ -> "KASS_CHAT_KEY, or GROQ_API_KEY of the legacy deployment";
        };
    var server =
        new ServerErrors(
            name + " at " + endpoint.shown(),
            "",
            config.key(),
            config.connectTimeout(),
            config.idleTimeout(),
            clock);
    this.model = new ModelErrors(server, "chat", config.model(), keySetting, DEFAULT_WAIT);
  }

  /** What is said of the server. */
  ModelErrors model() {
    return model;
  }

  /**
   * The reason to stop that a refusal amounts to, or null when it is a failure: the request is too
   * long, the model called no tool that can be read ({@code tool_use_failed} of Groq), or a filter
   * refused it ({@code content_filter} of Azure).
   *
   * @param status of the response, or 0 where the refusal came in the place of a chunk
   */
  static @Nullable StopReason stopReason(int status, @Nullable Json body) {
    if (ModelErrors.isTooLong(status, body)) {
      return new StopReason.ContextWindowExceeded();
    }
    return switch (Members.text(body, "error", "code")) {
      case "tool_use_failed" -> new StopReason.MalformedToolUse();
      case "content_filter" -> new StopReason.ContentFiltered();
      default -> null;
    };
  }

  /** An error that comes in the place of a chunk. */
  KassException inStream(Json chunk) {
    boolean throttled =
        Members.number(chunk, "error", "code") == THROTTLED
            || (Members.text(chunk, "error", "code") + Members.text(chunk, "error", "type"))
                .contains("rate_limit");
    ServerErrors server = model.server();
    return throttled
        ? server.throttled(NO_HEADERS, chunk, DEFAULT_WAIT)
        : new Unavailable(server.where() + " broke off" + server.said(chunk));
  }

  KassException brokeOff() {
    return new Unavailable(model.server().where() + " broke off in the middle of a reply.");
  }

  KassException notTheProtocol() {
    return model.notTheProtocol();
  }
}
