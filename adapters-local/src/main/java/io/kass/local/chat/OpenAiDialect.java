package io.kass.local.chat;

import io.kass.local.http.Members;
import io.kass.ports.Json;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a server understands of the parts of the protocol that have come and gone. Begins with what
 * most do, and learns from refusals.
 *
 * @param streamOptions whether it can be asked for the tokens used
 * @param maxCompletionTokens whether the limit has its newer name, which OpenAI's reasoning models
 *     insist on and many other servers ignore
 * @param temperature whether it lets itself be told one
 */
record OpenAiDialect(boolean streamOptions, boolean maxCompletionTokens, boolean temperature) {
  static final OpenAiDialect USUAL = new OpenAiDialect(true, false, true);

  private static final List<String> NOT_UNDERSTOOD =
      List.of("unsupported", "not supported", "unknown", "unrecognized", "not permitted");

  /** The dialect to try after this refusal, or null when the refusal is not about one. */
  @Nullable OpenAiDialect after(@Nullable Json refusal) {
    Json error = Members.at(refusal, "error");
    String said =
        (Members.text(error, "message") + " " + Members.text(error, "code"))
            .toLowerCase(Locale.ROOT);
    if (NOT_UNDERSTOOD.stream().noneMatch(said::contains)) {
      return null;
    }
    String about = Members.text(error, "param") + " " + said;
    if (streamOptions && about.contains("stream_options")) {
      return new OpenAiDialect(false, maxCompletionTokens, temperature);
    }
    if (!maxCompletionTokens && about.contains("max_tokens")) {
      return new OpenAiDialect(streamOptions, true, temperature);
    }
    if (temperature && about.contains("temperature")) {
      return new OpenAiDialect(streamOptions, maxCompletionTokens, false);
    }
    return null;
  }
}
