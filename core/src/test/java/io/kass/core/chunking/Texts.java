package io.kass.core.chunking;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;

/** Texts made of what makes cutting hard. */
final class Texts {
  private static final List<String> WORDS =
      List.of(
          "the",
          "Deployment",
          "of",
          "v1.2",
          "3.14",
          "e.g.",
          "Mr.",
          "No. 5",
          "https://kass.io/a?b=c",
          "readme.md",
          "naïve",
          "don't",
          "(see",
          "below)",
          "ERR-4021",
          "a",
          "I",
          "\"quoted\"",
          "aVeryLongIdentifierThatNobodyWouldEverWantToReadInOneGo_butWhichMustStayWhole");
  private static final List<String> STOPS = List.of(".", "!", "?", "...", ".)", ".\"", ":", ",");
  private static final List<String> BLANKS =
      List.of(
          " ",
          " ",
          " ",
          "  ",
          "\t",
          "\n",
          "\n",
          "\n\n",
          "\r\n",
          "\r\n\r\n",
          "\n \n",
          "\u00A0",
          "\u3000",
          "\u2028",
          "\r",
          "\n\n\n\n");
  private static final List<String> UNSPACED =
      List.of(
          "受注", "API", "は", "エラー", "を返す", "。", "、", "「はい。」", "と言った", "！", "？", "』", "有給休暇の申請",
          "ｶﾞｷﾞ", "か\u3099", "中文句子", "한국어", "（仮）", "〇", "々", "ー");
  private static final List<String> CLUSTERS =
      List.of(
          "👨‍👩‍👧‍👦",
          "👍🏽",
          "🇯🇵",
          "🇯🇵🇫🇷🇩🇪",
          "e\u0301",
          "\u0301",
          "\u200D",
          "\uFE0F",
          "☺️",
          "क्षि",
          "각",
          "ᄀ\u1161\u11A8",
          "\uD83D",
          "\uDC4D",
          "\u0600",
          "1️⃣",
          "x\u0300\u0301\u0302",
          "\u200B");
  private static final List<String> MARKDOWN =
      List.of(
          "\n# Title\n",
          "\n## Part *one* `x`\n",
          "\n### Deep [link](u) ###\n",
          "\nSetext\n===\n",
          "\nSetext two\n---\n",
          "\n- item\n",
          "\n  1. numbered\n",
          "\n| a | b |\n|---|:-:|\n| 1 | 2 |\n",
          "\n```java\nint x = 1;\n",
          "\n```\n",
          "\n~~~\n",
          "\n---\n",
          "\n> quote\n",
          "\n    code\n",
          "\n***\n",
          "\n#hash\n",
          "\n<!-- x -->\n",
          "#",
          "`",
          "|");

  private static final List<String> CODE =
      List.of(
          "class Order {\n",
          "  public void cancel(int id) {\n",
          "\tfunc (s *S) run() {\n",
          "def total(self):\n",
          "    return 1;\n",
          "  }\n",
          "}\n",
          "end\n",
          "\n",
          "\n\n",
          "\r\n",
          "    ",
          "\t",
          "/* ",
          " */",
          "/**\n * Says what.\n */\n",
          "// none\n",
          "# none\n",
          "-- none\n",
          "\"\"\"\n",
          "'''\n",
          "`",
          "\"",
          "'",
          "R\"(",
          ")\"",
          "r#\"",
          "@\"",
          "<<EOF\n",
          "EOF\n",
          "$$\n",
          "=begin\n",
          "CREATE TABLE t (\n",
          ");\n",
          "@Test\n",
          "@Named(\n",
          "template <typename T>\n",
          "out:\n",
          "#if X\n",
          "fn main() -> i32 {\n",
          "const f = (a) => {\n",
          "x = y;",
          "} else {\n",
          "private:\n",
          "// 受注を取り消す。\n",
          "e\u0301",
          "👍🏽",
          "\uD83D");

  private Texts() {}

  /** Running text with accidents. */
  static Arbitrary<String> any() {
    return pieces(
        Arbitraries.frequencyOf(
            Tuple.of(8, Arbitraries.of(WORDS)),
            Tuple.of(8, Arbitraries.of(BLANKS)),
            Tuple.of(2, Arbitraries.of(STOPS)),
            Tuple.of(4, Arbitraries.of(UNSPACED)),
            Tuple.of(3, Arbitraries.of(CLUSTERS)),
            Tuple.of(3, Arbitraries.of(MARKDOWN))));
  }

  /** What code of any language may consist of, in any order. */
  static Arbitrary<String> code() {
    return pieces(Arbitraries.of(CODE));
  }

  /** Nothing but what belongs together. */
  static Arbitrary<String> clusters() {
    return pieces(Arbitraries.of(CLUSTERS));
  }

  private static Arbitrary<String> pieces(Arbitrary<String> piece) {
    return piece.list().ofMinSize(0).ofMaxSize(250).map(list -> String.join("", list));
  }
}
