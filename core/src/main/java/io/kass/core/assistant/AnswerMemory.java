package io.kass.core.assistant;

import io.kass.ports.CallScope;
import io.kass.ports.ContentHash;
import io.kass.ports.Json;
import io.kass.ports.assistant.Answer;
import io.kass.ports.assistant.Citation;
import io.kass.ports.assistant.Question;
import io.kass.ports.assistant.Trace;
import io.kass.ports.backend.Backend;
import io.kass.ports.cache.CachedAnswer;
import io.kass.ports.document.DocumentId;
import io.kass.ports.document.Places;
import io.kass.ports.error.KassException.Misconfigured;
import io.kass.ports.error.KassException.Throttled;
import io.kass.ports.error.KassException.Unavailable;
import io.kass.ports.index.ChunkKey;
import io.kass.ports.index.Filter;
import io.kass.ports.index.IndexDescription;
import java.text.Normalizer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gives an answer again to whoever asks the same as the first question of a conversation. The key
 * hashes all that the answer depends on: a changed document changes the index's revision, and
 * callers of other groups have other keys, so neither an old answer nor a stranger's is ever found.
 * Only grounded answers are kept, and none for which a tool ran. Thread-safe.
 */
final class AnswerMemory {
  private final Backend backend;
  private final Duration kept;
  private final InstantSource clock;
  private final String prompt;

  /**
   * @param kept how long an answer is kept; zero for never
   * @param prompt names the prompt and all settings that an answer depends on
   */
  AnswerMemory(Backend backend, Duration kept, InstantSource clock, String prompt) {
    this.backend = backend;
    this.kept = kept;
    this.clock = clock;
    this.prompt = prompt;
  }

  /** Whether anything is ever kept. */
  boolean used() {
    return kept.isPositive() && backend.chat().present();
  }

  /**
   * The key of a question now.
   *
   * @param tools names of the tools that the answer may rest on
   */
  String key(CallScope scope, Question question, List<String> tools) {
    IndexDescription index = backend.index().description();
    return ContentHash.ofParts(
            "kass-answer-1",
            normalised(question.text()),
            String.join("\n", scope.caller().groups().groups()),
            json(question.filter()).canonical(),
            backend.name().value(),
            backend.chat().id(),
            prompt,
            String.join("\n", tools),
            index.id(),
            index.model(),
            index.revision())
        .hex();
  }

  /** The answer of this key, or null; also when the cache cannot be reached. */
  Answer.@Nullable Given get(CallScope scope, String key) {
    try {
      CachedAnswer cached = backend.cache().get(scope, key);
      return cached == null ? null : given(cached.answer());
    } catch (Unavailable | Throttled | Misconfigured e) {
      scope.check(clock);
      return null;
    }
  }

  /** Keeps an answer where it may be given again. */
  void put(CallScope scope, String key, Answer answer) {
    if (answer instanceof Answer.Given given
        && given.kind() == Answer.Kind.GROUNDED
        && given.trace().tools().isEmpty()) {
      try {
        backend
            .cache()
            .put(
                scope,
                new CachedAnswer(
                    key, scope.caller().user(), json(given), clock.instant().plus(kept)));
      } catch (Unavailable | Throttled | Misconfigured e) {
        // Whoever asks next waits a little longer; this answer is as good as any.
        scope.cancellation().throwIfCancelled();
      }
    }
  }

  /** One form of what asks the same. Letters keep their case: US is not us. */
  private static String normalised(String question) {
    return Normalizer.normalize(question, Normalizer.Form.NFKC)
        .replaceAll("\\s+", " ")
        .replaceAll("[\\s?!.。]+$", "")
        .strip();
  }

  private static Json.Obj json(Answer.Given given) {
    var citations = new ArrayList<Json>();
    for (Citation citation : given.citations()) {
      var one = new LinkedHashMap<String, Json>();
      one.put("number", Json.of(citation.number()));
      one.put("chunk", Json.of(citation.chunk().hex()));
      one.put("document", Json.of(citation.document().value()));
      one.put("place", Places.toJson(citation.place()));
      one.put("quote", Json.of(citation.quote()));
      citations.add(new Json.Obj(one));
    }
    return new Json.Obj(
        Map.of(
            "text", Json.of(given.text()),
            "model", Json.of(given.model()),
            "citations", new Json.Array(citations)));
  }

  /** The answer as it was kept; null when it was written by a version that kept it otherwise. */
  private static Answer.@Nullable Given given(Json.Obj json) {
    if (!(json.get("text") instanceof Json.Text(String text)
        && json.get("model") instanceof Json.Text(String model)
        && json.get("citations") instanceof Json.Array(List<Json> items))) {
      return null;
    }
    var citations = new ArrayList<Citation>();
    for (Json item : items) {
      if (!(item instanceof Json.Obj one
          && one.get("number") instanceof Json.Int(long number)
          && one.get("chunk") instanceof Json.Text(String chunk)
          && one.get("document") instanceof Json.Text(String document)
          && one.get("place") instanceof Json.Obj place
          && one.get("quote") instanceof Json.Text(String quote))) {
        return null;
      }
      citations.add(
          new Citation(
              (int) number,
              new ChunkKey(chunk),
              new DocumentId(document),
              Places.fromJson(place),
              quote));
    }
    return new Answer.Given(text, Answer.Kind.GROUNDED, citations, model, true, Trace.NONE);
  }

  private static Json json(Filter filter) {
    return switch (filter) {
      case Filter.All() -> array("all");
      case Filter.Equals(String field, Json value) -> array("equals", Json.of(field), value);
      case Filter.In(String field, List<Json> values) ->
          array("in", Json.of(field), new Json.Array(values));
      case Filter.Range(String field, Json from, Json to) ->
          array("range", Json.of(field), orNull(from), orNull(to));
      case Filter.And(List<Filter> all) -> array("and", all);
      case Filter.Or(List<Filter> any) -> array("or", any);
      case Filter.Not(Filter not) -> array("not", List.of(not));
    };
  }

  private static Json orNull(@Nullable Json value) {
    return value == null ? new Json.Null() : value;
  }

  private static Json array(String name, Json... parts) {
    var items = new ArrayList<Json>(List.of(parts));
    items.addFirst(Json.of(name));
    return new Json.Array(items);
  }

  private static Json array(String name, List<Filter> parts) {
    return array(name, new Json.Array(parts.stream().map(AnswerMemory::json).toList()));
  }
}
