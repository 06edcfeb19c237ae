package io.kass.ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class JsonTest {
  @Property
  void readsBackWhatItWrote(@ForAll("values") Json value) {
    assertThat(Json.parse(value.canonical())).isEqualTo(value);
    assertThat(Json.parse(value.canonical()).canonical()).isEqualTo(value.canonical());
  }

  @Property
  void readsOrRefusesAnyTextWithoutFailing(@ForAll("texts") String text) {
    try {
      assertThat(Json.parse(text).canonical()).isNotEmpty();
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageNotContaining("canary");
    }
  }

  @Example
  void readsEveryForm() {
    assertThat(
            Json.parse(
                " { \"a\" : [ 1 , -0 , 1.0 , 1e2 , 1E-2, 9223372036854775808 ] ,\n"
                    + "\"b\":{},\"c\":[],\"d\":\"\\u00e9\\\"\\\\\\/\\b\\f\\n\\r\\t\\ud83d\\ude00\","
                    + "\"e\":null,\"f\":true,\"g\":false } "))
        .isEqualTo(
            new Json.Obj(
                Map.of(
                    "a",
                        new Json.Array(
                            List.of(
                                Json.of(1),
                                Json.of(0),
                                Json.of(1.0),
                                Json.of(100.0),
                                Json.of(0.01),
                                Json.of(9.223372036854776E18))),
                    "b", new Json.Obj(Map.of()),
                    "c", new Json.Array(List.of()),
                    "d", Json.of("\u00e9\"\\/\b\f\n\r\t\uD83D\uDE00"),
                    "e", new Json.Null(),
                    "f", Json.of(true),
                    "g", Json.of(false))));
  }

  @Example
  void refusesWhatIsNoJson() {
    Stream.of(
            "",
            " ",
            "{",
            "[",
            "\"",
            "{\"a\"}",
            "{\"a\":}",
            "{\"a\":1,}",
            "[1,]",
            "[1 2]",
            "01",
            "1.",
            ".5",
            "+1",
            "--1",
            "1e",
            "1e999",
            "tru",
            "nul",
            "True",
            "'a'",
            "{a:1}",
            "1 2",
            "\"\n\"",
            "\"\\x\"",
            "\"\\u12g4\"",
            "\"\\u12\"",
            "[1]]",
            "{\"a\":1,\"a\":2}",
            "NaN",
            "\uFEFF1",
            "\u0661",
            "\"\\u\uFF11234\"",
            "[".repeat(100_000),
            "[".repeat(502) + "]".repeat(502))
        .forEach(text ->
            assertThatThrownBy(() -> Json.parse(text))
                .as(text.substring(0, Math.min(20, text.length())))
                .isInstanceOf(IllegalArgumentException.class));
    assertThat(Json.parse("[".repeat(400) + "]".repeat(400))).isInstanceOf(Json.Array.class);
  }

  @Provide
  Arbitrary<Json> values() {
    Arbitrary<Json> leaves =
        Arbitraries.oneOf(
            Arbitraries.just(new Json.Null()),
            Arbitraries.of(true, false).map(Json::of),
            Arbitraries.longs().map(Json::of),
            Arbitraries.doubles().map(Json::of),
            Arbitraries.of(0.0, -0.0, Double.MIN_VALUE, Double.MAX_VALUE, 1e21).map(Json::of),
            strings().map(Json::of));
    return Arbitraries.recursive(
        () -> leaves,
        inner ->
            Arbitraries.oneOf(
                inner,
                inner.list().ofMaxSize(4).map(Json.Array::new),
                Arbitraries.maps(strings(), inner).ofMaxSize(4).map(Json.Obj::new)),
        0,
        4);
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of(
            "{", "}", "[", "]", "\"", ":", ",", "\\", "\\u00", "1", "-", ".", "e", "null", "true",
            " ", "canary", "\uD83D")
        .list()
        .ofMaxSize(12)
        .map(pieces -> String.join("", pieces));
  }

  private static Arbitrary<String> strings() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ascii().ofMaxLength(8),
        Arbitraries.strings().ofMaxLength(8),
        Arbitraries.strings().withChars("\uD83D\uDE00\\\"\n\u0001\u007F").ofMaxLength(8));
  }
}
