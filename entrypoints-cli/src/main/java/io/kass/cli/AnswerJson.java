package io.kass.cli;

import io.kass.ports.Json;
import io.kass.ports.assistant.Answer;
import io.kass.ports.assistant.Citation;
import io.kass.ports.assistant.Passage;
import io.kass.ports.assistant.ToolRun;
import io.kass.ports.assistant.Trace;
import io.kass.ports.conversation.ConversationId;
import io.kass.ports.document.Places;
import io.kass.ports.index.Chunk;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An answer as the JSON document that docs/cli.md describes. */
final class AnswerJson {
  private AnswerJson() {}

  static Json.Obj of(
      ConversationId conversation,
      Answer answer,
      @Nullable Ingested ingested,
      References references,
      List<String> notices) {
    var fields = new Fields();
    switch (answer) {
      case Answer.Given given ->
          fields
              .put("outcome", "given")
              .put("text", given.text())
              .put("kind", given.kind().name().toLowerCase(Locale.ROOT))
              .put("model", given.model().isEmpty() ? null : given.model())
              .put("cached", given.cached())
              .put("citations", given.citations(), citation -> json(citation, references));
      case Answer.Declined declined ->
          fields.put("outcome", "declined").put("text", declined.text());
      case Answer.PendingApproval pending ->
          fields.put("outcome", "pending-approval").put("text", pending.text());
      case Answer.Failed failed -> fields.put("outcome", "failed").put("text", failed.text());
    }
    Trace trace = answer.trace();
    fields
        .put("passages", trace.retrieved(), passage -> json(passage, references))
        .put(
            "milliseconds",
            new Fields()
                .put("retrieval", milliseconds(trace.retrieval()))
                .put("generation", milliseconds(trace.generation()))
                .put("total", milliseconds(trace.total()))
                .json())
        .put(
            "tokens",
            new Fields()
                .put("cached_input", trace.usage().cachedInput())
                .put("input", trace.usage().input())
                .put("output", trace.usage().output())
                .json())
        .put("cost", trace.cost() == null ? new Json.Null() : Json.of(trace.cost().doubleValue()))
        .put("searched", trace.searched())
        .put("tools", trace.tools(), AnswerJson::json);
    if (ingested != null) {
      fields.put("ingestion", ingested.json(references));
    }
    return fields
        .put("conversation", conversation.value())
        .put("notices", Json.ofTexts(notices))
        .json();
  }

  private static Json.Obj json(ToolRun run) {
    return new Fields().put("tool", run.tool()).put("success", run.success()).json();
  }

  static Json.Obj json(Passage passage, References references) {
    Chunk chunk = passage.chunk().chunk();
    return new Fields()
        .put("document", chunk.document().value())
        .put("reference", references.place(chunk.document(), chunk.place()))
        .put("place", Places.toJson(chunk.place()))
        .put("score", passage.score())
        .put("text", chunk.passage())
        .json();
  }

  private static Json.Obj json(Citation citation, References references) {
    return new Fields()
        .put("number", citation.number())
        .put("document", citation.document().value())
        .put("reference", references.place(citation.document(), citation.place()))
        .put("place", Places.toJson(citation.place()))
        .put("quote", citation.quote())
        .json();
  }

  private static double milliseconds(Duration duration) {
    return duration.toNanos() / 1e6;
  }
}
