package io.kass.core.chunking;

import static org.assertj.core.api.Assertions.assertThat;

import io.kass.core.chunking.Sentences.Span;
import io.kass.ports.document.SourceType;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class SentencesTest {
  @Test
  void endsWithAMarkAndWhiteSpace() {
    assertThat(sentences("It rained all day. Did it stop? It never did! We went home."))
        .containsExactly("It rained all day.", "Did it stop?", "It never did!", "We went home.");
  }

  @Test
  void abbreviationsInitialsAndNumbersDoNotEndSentences() {
    assertThat(
            sentences(
                """
                Mr. Smith and Dr. J. R. Jones use e.g. v1.2 of No. 5 at 3.14 p.m. every day. \
                See Fig. 2 in readme.md or https://kass.io/a.b?c=d. for more. \
                The U.S. market, i.e. approx. 5 cm. of it, is new.\
                """))
        .containsExactly(
            "Mr. Smith and Dr. J. R. Jones use e.g. v1.2 of No. 5 at 3.14 p.m. every day.",
            "See Fig. 2 in readme.md or https://kass.io/a.b?c=d. for more.",
            "The U.S. market, i.e. approx. 5 cm. of it, is new.");
  }

  @Test
  void anAbbreviationMayEndASentenceWhereANewOneBegins() {
    assertThat(
            sentences(
                "We sell pens, paper, etc. The shop opens at nine. It is in Jan. 2025 again."))
        .containsExactly(
            "We sell pens, paper, etc.", "The shop opens at nine.", "It is in Jan. 2025 again.");
  }

  @Test
  void closingMarksBelongToTheSentence() {
    assertThat(
            sentences("He said \"stop it.\" Then he left (at once.) Nobody *ever asked.* Why not?"))
        .containsExactly(
            "He said \"stop it.\"", "Then he left (at once.)", "Nobody *ever asked.*", "Why not?");
  }

  @Test
  void japaneseNeedsNoSpaces() {
    assertThat(sentences("受注は翌日に処理する。在庫がないときはどうなるか？　倉庫から取り寄せる！以上である。"))
        .containsExactly("受注は翌日に処理する。", "在庫がないときはどうなるか？", "倉庫から取り寄せる！", "以上である。");
  }

  @Test
  void aQuotedSentenceMayBePartOfAnother() {
    assertThat(sentences("彼は「もう終わった。」と言った。次は「それでよい。」（部長）担当者が決める。"))
        .containsExactly("彼は「もう終わった。」と言った。", "次は「それでよい。」", "（部長）担当者が決める。");
  }

  @Test
  void marksOfTheOtherWidthCountToo() {
    assertThat(sentences("本当に必要ですか?はい必要です!期限は３．５日です．以上です。"))
        .containsExactly("本当に必要ですか?", "はい必要です!", "期限は３．５日です．", "以上です。");
  }

  @Test
  void whatIsTooShortStaysWithItsNeighbour() {
    assertThat(sentences("Yes. You can work from home."))
        .containsExactly("Yes. You can work from home.");
    assertThat(sentences("はい。申請できます。")).containsExactly("はい。申請できます。");
  }

  @Test
  void aLineBreakForLengthDoesNotEndASentence() {
    assertThat(
            sentences(
                """
                The retention period of the audit log of a
                customer is five years, unless the contract with this
                customer says otherwise. After that it is deleted.
                """))
        .containsExactly(
            """
            The retention period of the audit log of a
            customer is five years, unless the contract with this
            customer says otherwise.\
            """,
            "After that it is deleted.");
  }

  @Test
  void shortLinesStandAlone() {
    assertThat(sentences("Opening hours: 9 to 5\nPhone: 1234\nContact person: Ms. Sato\n"))
        .containsExactly("Opening hours: 9 to 5", "Phone: 1234", "Contact person: Ms. Sato");
  }

  @Test
  void titlesAndMarksAreNothingToQuote() {
    assertThat(
            sentences(
                """
                # Vacation

                Policy
                ======

                You have 25 days.

                ---
                <details>
                [![build](badge.svg)](https://ci)

                * [Contents](#contents)
                """))
        .containsExactly("You have 25 days.");
  }

  @Test
  void itemsOfListsAreQuotedWithoutTheirMarkers() {
    assertThat(
            sentences(
                """
                - first thing to do
                  * nested thing, which goes on and on until the line is full
                    and then on the next
                2. numbered thing
                - [x] done thing
                ・日本語の項目
                > quoted words. And more of them.
                """))
        .containsExactly(
            "first thing to do",
            "nested thing, which goes on and on until the line is full\n    and then on the next",
            "numbered thing",
            "done thing",
            "日本語の項目",
            "quoted words.",
            "And more of them.");
  }

  @Test
  void rowsOfTablesAreQuotedButNotTheirHeads() {
    assertThat(
            sentences(
                """
                | City | Limit |
                |------|------:|
                | Tokyo | 14,000 yen |
                | Osaka | 11,000 yen |

                a | b
                --- | ---
                one cell | another cell
                """))
        .containsExactly("Tokyo | 14,000 yen", "Osaka | 11,000 yen", "one cell | another cell");
  }

  @Test
  void linesOfCodeAreQuotedOneByOne() {
    assertThat(
            sentences(
                "Run this:\n\n```sh\n./kass ask\n\n# no title\nmake all\n```\n\nThat is all."))
        .containsExactly("Run this:", "./kass ask", "# no title", "make all", "That is all.");
    assertThat(spans(SourceType.CODE, "int a = 1;\n\nint b = 2; // Yes. No.\n"))
        .containsExactly("int a = 1;", "int b = 2; // Yes. No.");
  }

  @Test
  void aPieceThatBeginsInsideCodeIsRecognised() {
    assertThat(sentences("make all\nmake clean\n```\n\nThat is all. It is done."))
        .containsExactly("make all", "make clean", "That is all.", "It is done.");
    assertThat(sentences("That is all.\n\n```\nmake all. Then\nmake clean")).hasSize(3);
  }

  @Test
  void whatIsTooLongIsSplitAtClauses() {
    String clause = "this clause says nothing but it does so at length, ";
    List<String> parts = sentences(clause.repeat(60));
    assertThat(parts)
        .hasSizeGreaterThan(7)
        .allSatisfy(part -> assertThat(part.length()).isBetween(100, 400));
    assertThat(parts.subList(0, 7)).allMatch(part -> part.endsWith("length,"));
  }

  @Property
  void spansAreInOrderTrimmedAndOfSomeWord(@ForAll("texts") String text) {
    int end = 0;
    for (Span span : Sentences.split(text)) {
      assertThat(span.begin()).isGreaterThanOrEqualTo(end);
      String words = span.of(text);
      assertThat(Characters.isBlank(words.charAt(0))).isFalse();
      assertThat(Characters.isBlank(words.charAt(words.length() - 1))).isFalse();
      assertThat(words.length()).isLessThanOrEqualTo(400);
      assertThat(Graphemes.isBoundary(text, 0, span.begin()) || isMarkBefore(text, span)).isTrue();
      assertThat(Graphemes.isBoundary(text, 0, span.end()) || isMarkAfter(text, span)).isTrue();
      end = span.end();
    }
  }

  /** A combining mark on white space or on the marker of a list is no part of a word. */
  private static boolean isMarkBefore(String text, Span span) {
    return !Character.isLetterOrDigit(text.charAt(span.begin() - 1));
  }

  private static boolean isMarkAfter(String text, Span span) {
    return Characters.isBlank(text.charAt(span.end())) || text.charAt(span.end()) == '|';
  }

  @Property
  void everyWordOfPlainTextIsInASentence(@ForAll("texts") String text) {
    var rest = new StringBuilder(text);
    for (Span span : Sentences.split(SourceType.TEXT, text)) {
      rest.replace(span.begin(), span.end(), " ".repeat(span.end() - span.begin()));
    }
    // Only the numbers of list items are left out.
    assertThat(rest.toString().replaceAll("(?m)^\\s*[0-9]+[.)]", "").chars())
        .noneMatch(Character::isLetterOrDigit);
  }

  @Provide
  Arbitrary<String> texts() {
    return Texts.any();
  }

  private static List<String> sentences(String text) {
    return spans(SourceType.MARKDOWN, text);
  }

  private static List<String> spans(SourceType type, String text) {
    return Sentences.split(type, text).stream().map(span -> span.of(text)).toList();
  }
}
