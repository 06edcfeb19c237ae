package io.kass.ports.index;

import static io.kass.ports.index.ChunkBuilder.chunk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kass.ports.Json;
import io.kass.ports.error.KassException.InvalidRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Conditions on metadata and document ids, in both legs. */
abstract class FilterScenarios extends ChunkIndexScenario {
  private static final Json NULL = new Json.Null();

  @Test
  void comparesTexts() {
    given(Map.of("a", Json.of("red"), "b", Json.of("reddish"), "c", Json.of("RED")));

    assertFinds(equalTo(Json.of("red")), "a");
    assertFinds(equalTo(Json.of("")));
    assertFinds(in(Json.of("reddish"), Json.of("RED"), Json.of("blue")), "b", "c");
    assertFinds(new Filter.In("field", List.of()));
  }

  @Test
  void comparesWholeAndRealNumbersAsNumbers() {
    given(
        Map.of(
            "one", Json.of(1),
            "oneReal", Json.of(1.0),
            "half", Json.of(0.5),
            "text", Json.of("1"),
            "negative", Json.of(-3),
            "zero", Json.of(0),
            "minusZero", Json.of(-0.0)));

    assertFinds(equalTo(Json.of(1)), "one", "oneReal");
    assertFinds(equalTo(Json.of(1.0)), "one", "oneReal");
    assertFinds(equalTo(Json.of("1")), "text");
    assertFinds(equalTo(Json.of(0)), "zero", "minusZero");
    assertFinds(in(Json.of(0.5), Json.of(-3.0)), "half", "negative");
    assertFinds(range(Json.of(0), Json.of(1)), "zero", "minusZero", "half");
    assertFinds(range(Json.of(0.5), null), "half", "one", "oneReal");
    assertFinds(range(null, Json.of(-2.5)), "negative");
  }

  @Test
  void tellsLargeWholeNumbersApart() {
    long big = 9_007_199_254_740_993L; // 2^53 + 1, which no double holds
    given(
        Map.of(
            "below", Json.of(big - 1),
            "big", Json.of(big),
            "above", Json.of(big + 1),
            "most", Json.of(Long.MAX_VALUE),
            "least", Json.of(Long.MIN_VALUE),
            "huge", Json.of(1e300)));

    assertFinds(equalTo(Json.of(big)), "big");
    assertFinds(equalTo(Json.of((double) (big - 1))), "below");
    assertFinds(range(Json.of(big), Json.of(big + 1)), "big");
    assertFinds(equalTo(Json.of(Long.MAX_VALUE)), "most");
    assertFinds(equalTo(Json.of(0x1p63)));
    assertFinds(range(Json.of(0x1p63), null), "huge");
    assertFinds(range(Json.of(Long.MAX_VALUE), null), "most", "huge");
    assertFinds(range(null, Json.of(Long.MIN_VALUE + 1)), "least");
  }

  @Test
  void comparesTruthValuesForEqualityOnly() {
    given(
        Map.of(
            "yes", Json.of(true),
            "no", Json.of(false),
            "text", Json.of("true"),
            "one", Json.of(1)));

    assertFinds(equalTo(Json.of(true)), "yes");
    assertFinds(in(Json.of(false), Json.of("true")), "no", "text");
    assertFinds(range(Json.of(0), null), "one");
  }

  @Test
  void rangesIncludeTheirFirstAndExcludeTheirLast() {
    given(Map.of("a", Json.of("apple"), "b", Json.of("berry"), "c", Json.of("cherry"), "n", NULL));

    assertFinds(range(Json.of("apple"), Json.of("cherry")), "a", "b");
    assertFinds(range(Json.of("b"), null), "b", "c");
    assertFinds(range(null, Json.of("berry")), "a");
    assertFinds(range(Json.of("berry"), Json.of("berry")));
    assertFinds(range(Json.of("c"), Json.of("a")));
  }

  @Test
  void ordersTextsByTheirUtf8Bytes() {
    given(
        Map.of(
            "astral", Json.of("\ud83d\ude00"), // sorts before U+FFFD in UTF-16, after it in UTF-8
            "replacement", Json.of("\ufffd"),
            "ascii", Json.of("z"),
            "umlaut", Json.of("ä")));

    assertFinds(range(Json.of("\ufffd"), null), "replacement", "astral");
    assertFinds(range(Json.of("z"), Json.of("\ufffd")), "ascii", "umlaut");
  }

  @Test
  void anItemOfAnArrayIsEnough() {
    given(
        Map.of(
            "both", new Json.Array(List.of(Json.of("red"), Json.of("blue"))),
            "mixed", new Json.Array(List.of(Json.of(5), Json.of("red"), NULL)),
            "numbers", new Json.Array(List.of(Json.of(1), Json.of(9))),
            "none", new Json.Array(List.of()),
            "inner", new Json.Array(List.of(new Json.Array(List.of(Json.of("red")))))));

    assertFinds(equalTo(Json.of("red")), "both", "mixed");
    assertFinds(in(Json.of("blue"), Json.of(9)), "both", "numbers");
    assertFinds(range(Json.of(4), Json.of(6)), "mixed");
    assertFinds(range(Json.of(2), Json.of(4)));
    assertFinds(new Filter.Not(equalTo(Json.of("red"))), "numbers", "none", "inner");
  }

  @Test
  void missingNullAndObjectFieldsMeetNothing() {
    Map<String, @Nullable Json> values = new TreeMap<>();
    values.put("missing", null);
    values.put("null", NULL);
    values.put("object", new Json.Obj(Map.of("field", Json.of("red"))));
    values.put("text", Json.of("null"));
    given(values);

    assertFinds(equalTo(Json.of("red")));
    assertFinds(equalTo(Json.of("null")), "text");
    assertFinds(range(Json.of(""), null), "text");
    assertFinds(range(null, Json.of(1e308)));
    assertFinds(new Filter.Not(range(Json.of(""), null)), "missing", "null", "object");
  }

  @Test
  void combinesConditions() {
    given(Map.of("a", Json.of(1), "b", Json.of(2), "c", Json.of(3), "d", Json.of("x")));
    Filter one = equalTo(Json.of(1));
    Filter two = equalTo(Json.of(2));
    Filter upToTwo = range(null, Json.of(3));

    assertFinds(Filter.all(), "a", "b", "c", "d");
    assertFinds(new Filter.And(List.of()), "a", "b", "c", "d");
    assertFinds(new Filter.Or(List.of()));
    assertFinds(new Filter.And(List.of(upToTwo, new Filter.Not(one))), "b");
    assertFinds(new Filter.Or(List.of(one, two)), "a", "b");
    assertFinds(new Filter.And(List.of(one, two)));
    assertFinds(new Filter.Not(new Filter.Or(List.of(one, two))), "c", "d");
    assertFinds(new Filter.Not(new Filter.Not(two)), "b");
    assertFinds(new Filter.Not(Filter.all()));
    assertFinds(
        new Filter.Or(
            List.of(
                new Filter.And(List.of(upToTwo, new Filter.Not(new Filter.And(List.of(one))))),
                new Filter.Not(new Filter.Or(List.of(upToTwo, equalTo(Json.of("x"))))))),
        "b",
        "c");
  }

  @Test
  void comparesDocumentIds() {
    given(
        Map.of(
            "docs/a.md", Json.of(1),
            "docs/b.md", Json.of(2),
            "docs-old/a.md", Json.of(3),
            "doc", Json.of(4),
            "docs/\ud83d\ude00.md", Json.of(5)));

    assertFinds(new Filter.Equals(Filter.DOCUMENT, Json.of("docs/a.md")), "docs/a.md");
    assertFinds(new Filter.Equals(Filter.DOCUMENT, Json.of("docs")));
    assertFinds(new Filter.Equals(Filter.DOCUMENT, Json.of(1)));
    assertFinds(Filter.documentsUnder("docs/"), "docs/a.md", "docs/b.md", "docs/\ud83d\ude00.md");
    assertFinds(Filter.documentsUnder("docs/\ud83d\ude00.md"), "docs/\ud83d\ude00.md");
    assertFinds(
        new Filter.And(
            List.of(Filter.documentsUnder("docs/"), new Filter.Not(equalTo(Json.of(2))))),
        "docs/a.md",
        "docs/\ud83d\ude00.md");
    assertFinds(
        new Filter.In(Filter.DOCUMENT, List.of(Json.of("doc"), Json.of("docs-old/a.md"))),
        "doc",
        "docs-old/a.md");
  }

  @Test
  void metadataNamedLikeTheDocumentFieldIsNotIt() {
    replace("a", "1", common("a").with(Filter.DOCUMENT, Json.of("b")).build());
    eventually(() -> assertThat(search(null, axis(0), Filter.all()).vector()).hasSize(1));

    assertFinds(new Filter.Equals(Filter.DOCUMENT, Json.of("a")), "a");
    assertFinds(new Filter.Equals(Filter.DOCUMENT, Json.of("b")));
  }

  @Test
  void takesAnyNameForAField() {
    List<String> names =
        List.of("", " ", "a.b", "a:b", "ä", "\ud83d\ude00", "_id", "$gt", "n\"q'", "x".repeat(900));
    List<StoredChunk> chunks = new ArrayList<>();
    for (String name : names) {
      chunks.add(common("a").occurrence(chunks.size()).with(name, Json.of("v" + name)).build());
    }
    replace("a", "1", chunks);
    eventually(
        () -> assertThat(search(null, axis(0), Filter.all()).vector()).hasSize(names.size()));

    for (String name : names) {
      List<Hit> found =
          search(null, axis(0), new Filter.Equals(name, Json.of("v" + name))).vector();
      assertThat(found)
          .extracting(hit -> hit.chunk().chunk().metadata().values().firstKey())
          .containsExactly(name);
    }
  }

  @Test
  void tellsLongTextsApart() {
    String almost = "x".repeat(Filter.MAX_TEXT_BYTES - 1);
    given(
        Map.of(
            "a", Json.of(almost + "a"),
            "b", Json.of(almost + "b"),
            "longer", Json.of(almost + "a" + "y".repeat(100_000)),
            "longest", Json.of(almost + "a" + "z".repeat(100_000))));

    assertFinds(equalTo(Json.of(almost + "a")), "a");
    assertFinds(range(Json.of(almost + "a"), Json.of(almost + "b")), "a", "longer", "longest");
    assertFinds(new Filter.Not(range(null, Json.of(almost + "b"))), "b");
  }

  @Test
  void refusesAConditionOnATextThatIsTooLong() {
    String tooLong = "ä".repeat(Filter.MAX_TEXT_BYTES / 2) + "x";

    assertThatThrownBy(() -> equalTo(Json.of(tooLong))).isInstanceOf(InvalidRequest.class);
    assertThatThrownBy(() -> range(null, Json.of(tooLong))).isInstanceOf(InvalidRequest.class);
  }

  /** A document each, of one chunk, with this value in its field (null: without it). */
  private void given(Map<String, ? extends @Nullable Json> values) {
    values.forEach((document, value) -> {
      ChunkBuilder chunk = common(document);
      replace(document, "1", (value == null ? chunk : chunk.with("field", value)).build());
    });
    eventually(
        () -> assertThat(search(null, axis(0), Filter.all()).vector()).hasSize(values.size()));
  }

  private static ChunkBuilder common(String document) {
    return chunk(document, "common word").vector(axis(0));
  }

  private void assertFinds(Filter filter, String... documents) {
    Legs legs = search("common", axis(0), filter);
    for (List<Hit> leg : legsOf(legs)) {
      assertThat(leg.stream().map(hit -> hit.chunk().chunk().document().value()))
          .as(filter.toString())
          .containsExactlyInAnyOrderElementsOf(new TreeSet<>(List.of(documents)));
    }
  }

  private static Filter equalTo(Json value) {
    return new Filter.Equals("field", value);
  }

  private static Filter in(Json... values) {
    return new Filter.In("field", List.of(values));
  }

  private static Filter range(@Nullable Json from, @Nullable Json to) {
    return new Filter.Range("field", from, to);
  }
}
