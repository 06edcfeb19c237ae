package io.kass.documents.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.kass.documents.TestDocuments;
import io.kass.documents.format.TextWindows;
import io.kass.documents.format.Windows;
import io.kass.ports.document.Block;
import io.kass.ports.document.DocumentReader;
import io.kass.ports.document.Locator;
import io.kass.ports.document.ReadDocument;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

class TextProperties {
  private static final Pattern LINE_END = Pattern.compile("\r\n|\n|\r");
  private static final DocumentReader READER = TestDocuments.reader();

  @Tag("D13")
  @Property
  void anyTextComesBackFromUtf8(@ForAll("texts") String text) {
    assertReads(text, text.getBytes(StandardCharsets.UTF_8));
  }

  @Tag("D13")
  @Property
  void anyTextComesBackFromWhatHasAByteOrderMark(
      @ForAll("texts") String text, @ForAll("marked") String charset) {
    assertReads(text, ("\uFEFF" + text).getBytes(Charset.forName(charset)));
  }

  @Tag("D13")
  @Property
  void anyJapaneseComesBackFromItsEncodings(
      @ForAll("japanese") String text, @ForAll("ofJapan") String charset) {
    assertReads(text, text.getBytes(Charset.forName(charset)));
  }

  private static void assertReads(String text, byte[] bytes) {
    ReadDocument document = ReadDocument.of(READER, "a.txt", bytes);

    assertThat(document.text()).isEqualTo(text);
    assertWindows(text, document.blocks(), Windows.MAX);
  }

  @Property
  void windowsAreContiguousWholeAndCutWhereTheyMay(
      @ForAll("texts") String text,
      @ForAll @IntRange(min = 2, max = 40) int max,
      @ForAll @IntRange(min = 1, max = 9) int atOnce)
      throws IOException {
    var blocks = new ArrayList<Block>();

    new TextWindows(blocks::add, Block.Prose::new, max).pass(new Trickle(text, atOnce), () -> {});

    assertWindows(text, blocks, max);
  }

  private static void assertWindows(String text, List<Block> blocks, int max) {
    var joined = new StringBuilder();
    for (Block block : blocks) {
      int begin = joined.length();
      joined.append(block.text());
      int end = joined.length();
      assertThat(block.place().begin()).isEqualTo(begin);
      assertThat(block.place().end()).isEqualTo(end);
      assertThat(block.place().locator())
          .isEqualTo(new Locator.Lines(lineAt(text, begin), lineAt(text, end - 1)));
      assertThat(block.text().length()).isBetween(1, max);
      if (end < text.length()) {
        assertCut(text, begin, end, max);
      }
    }
    assertThat(joined.toString()).isEqualTo(text);
  }

  private static void assertCut(String text, int begin, int end, int max) {
    assertThat(Character.isSurrogatePair(text.charAt(end - 1), text.charAt(end))).isFalse();
    assertThat(text.charAt(end - 1) == '\r' && text.charAt(end) == '\n').isFalse();
    boolean atLineEnd = LINE_END.matcher(text).results().anyMatch(match -> match.end() == end);
    if (!atLineEnd) {
      assertThat(end - begin).isGreaterThanOrEqualTo(max - 1);
      assertThat(LINE_END.matcher(text).results().map(MatchResult::end))
          .noneMatch(lineEnd -> lineEnd > begin && lineEnd <= end);
    }
  }

  private static int lineAt(String text, int index) {
    return 1 + (int) LINE_END.matcher(text).results().filter(match -> match.end() <= index).count();
  }

  /** Of every plane, with plenty of line ends; no NUL, no lone surrogates, not blank. */
  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> characters =
        Arbitraries.oneOf(
            Arbitraries.of(
                "\n", "\r\n", "\r", " ", "\t", "\u2028", "👩‍👩‍👧", "é", "e\u0301", "\uFEFF"),
            Arbitraries.strings().withCharRange(' ', '~').ofMinLength(1).ofMaxLength(12),
            Arbitraries.integers()
                .between(1, Character.MAX_CODE_POINT)
                .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
                .map(Character::toString));
    return characters.list().ofMaxSize(60).map(parts -> "x" + String.join("", parts));
  }

  @Provide
  Arbitrary<String> marked() {
    return Arbitraries.of("UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE");
  }

  @Provide
  Arbitrary<String> ofJapan() {
    return Arbitraries.of("windows-31j", "EUC-JP", "ISO-2022-JP", "UTF-8");
  }

  /** Sentences with the share of kana that Japanese has. */
  @Provide
  Arbitrary<String> japanese() {
    Arbitrary<String> word =
        Arbitraries.of("休暇", "申請", "社員", "規程", "ポータル", "サーバー", "API", "2025", "障害", "手順", "経費");
    Arbitrary<String> particle =
        Arbitraries.of("は", "を", "から", "について", "のための", "であり、", "までに", "において");
    Arbitrary<String> end = Arbitraries.of("します。", "できません。\n", "してください。\r\n", "とする。");
    Arbitrary<String> clause = Combinators.combine(word, particle).as((w, p) -> w + p);
    return Combinators.combine(clause.list().ofMinSize(2).ofMaxSize(6), end)
        .as((clauses, e) -> String.join("", clauses) + e)
        .list()
        .ofMinSize(2)
        .ofMaxSize(30)
        .map(sentences -> String.join("", sentences));
  }

  /** Gives a few characters at a time, as a decoder may. */
  private static final class Trickle extends Reader {
    private final StringReader text;
    private final int atOnce;

    Trickle(String text, int atOnce) {
      this.text = new StringReader(text);
      this.atOnce = atOnce;
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
      return text.read(buffer, offset, Math.min(length, atOnce));
    }

    @Override
    public void close() {}
  }
}
