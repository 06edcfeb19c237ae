package io.kass.core.chunking;

import static org.assertj.core.api.Assertions.assertThat;

import io.kass.ports.document.Block;
import io.kass.ports.document.Locator;
import io.kass.ports.document.Place;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RecursiveChunkerTest extends ChunkerRules {
  @Override
  Chunker chunker(ChunkSizes sizes) {
    return new RecursiveChunker(sizes);
  }

  @Test
  void cutsBetweenParagraphsFirst() {
    String text = "One is a line.\nTwo is a line.\n\nThree is a line.\nFour is one too.";
    assertThat(cut(60, 0, text))
        .containsExactly("One is a line.\nTwo is a line.", "Three is a line.\nFour is one too.");
  }

  @Test
  void cutsBetweenLinesBeforeSentences() {
    String text = "Alpha is one. Beta is two.\nGamma is three. Delta is four. Epsilon.";
    assertThat(cut(45, 0, text))
        .containsExactly("Alpha is one. Beta is two.", "Gamma is three. Delta is four. Epsilon.");
  }

  @Test
  void aLineThatMerelyWrapsASentenceIsNoGoodPlace() {
    String text = "It was said that all is well. And then it was\nfound that it was not, by far.";
    assertThat(cut(50, 0, text))
        .containsExactly(
            "It was said that all is well.", "And then it was\nfound that it was not, by far.");
  }

  @Test
  void cutsBetweenWordsWhereASentenceIsTooLong() {
    assertThat(cut(20, 0, "one two three four five six seven"))
        .containsExactly("one two three four", "five six seven");
  }

  @Test
  void aWordThatFitsIsNotCutEvenIfTheChunkBeforeStaysShort() {
    assertThat(cut(20, 8, "a bit and abcdefghijklmnopqrst end"))
        .containsExactly("a bit and", "abcdefghijklmnopqrst", "end");
  }

  @Test
  void aWordThatDoesNotFitIsCutBetweenCharacters() {
    assertThat(cut(16, 0, "👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦"))
        .containsExactly("👨‍👩‍👧‍👦", "👨‍👩‍👧‍👦", "👨‍👩‍👧‍👦");
  }

  @Test
  void japaneseIsCutBetweenSentences() {
    String text = "受注は翌日に処理する。在庫がないときは取り寄せる。「分かりました。」と返す。それで終わり。";
    assertThat(cut(26, 0, text))
        .containsExactly("受注は翌日に処理する。在庫がないときは取り寄せる。", "「分かりました。」と返す。それで終わり。");
  }

  @Test
  void japaneseWithoutSentencesIsCutBetweenPhrases() {
    assertThat(cut(16, 0, "締め切り日を過ぎた書類は受領しない")).containsExactly("締め切り日を過ぎた書類は", "受領しない");
  }

  @Test
  void repeatsTheEndFromTheBeginningOfASentence() {
    String text = "Alpha is the first of all. Beta is next. Gamma is the third one. Delta is last.";
    assertThat(cut(64, 30, text))
        .containsExactly(
            "Alpha is the first of all. Beta is next. Gamma is the third one.",
            "Gamma is the third one. Delta is last.");
  }

  @Test
  @Tag("D15")
  void whiteSpaceAloneGivesNothing() {
    assertThat(cut(16, 8, "")).isEmpty();
    assertThat(cut(16, 8, " \n\t\u3000\u00A0\r\n".repeat(5000))).isEmpty();
  }

  @Test
  @Tag("D15")
  void loneSurrogatesAreKept() {
    assertThat(cut(16, 0, "\uD83D".repeat(20)))
        .containsExactly("\uD83D".repeat(16), "\uD83D".repeat(4));
  }

  @Test
  void chunksOfPagesSayWhichPages() {
    var chunks = new ArrayList<ChunkDraft>();
    Chunking chunking = chunker(new ChunkSizes(40, 0)).begin(chunks::add);
    chunking.accept(
        new Block.Heading(1, "Report", new Place(new Locator.Pages(1, 1), List.of(), -1, -1)));
    String[] pages = {
      "It begins here.\n", "And goes on.\n", "Here it ends, on the last of all pages.\n"
    };
    int begin = 0;
    for (int i = 0; i < pages.length; i++) {
      int end = begin + pages[i].length();
      chunking.accept(
          new Block.Prose(
              pages[i], new Place(new Locator.Pages(i + 1, i + 1), List.of(), begin, end)));
      begin = end;
    }
    chunking.finish();

    List<String> report = List.of("Report");
    assertThat(chunks)
        .containsExactly(
            new ChunkDraft(
                "It begins here.\nAnd goes on.", new Place(new Locator.Pages(1, 2), report, 0, 28)),
            new ChunkDraft(
                "Here it ends, on the last of all pages.",
                new Place(new Locator.Pages(3, 3), report, 29, 68)));
  }

  @Test
  void whatIsNotContiguousIsNotPutTogether() {
    var chunks = new ArrayList<ChunkDraft>();
    Chunking chunking = chunker(new ChunkSizes(100, 10)).begin(chunks::add);
    Place nowhere = new Place(new Locator.Part("title"), List.of("Ticket"), -1, -1);
    chunking.accept(new Block.Field("title", "It is broken", nowhere));
    chunking.accept(
        new Block.Prose("first", new Place(new Locator.Lines(3, 3), List.of(), 10, 15)));
    chunking.accept(
        new Block.Prose("second", new Place(new Locator.Lines(5, 5), List.of(), 20, 26)));
    chunking.finish();
    assertThat(chunks)
        .containsExactly(
            new ChunkDraft("It is broken", nowhere),
            new ChunkDraft("first", new Place(new Locator.Lines(3, 3), List.of(), 10, 15)),
            new ChunkDraft("second", new Place(new Locator.Lines(5, 5), List.of(), 20, 26)));
  }

  @Test
  void theRowsOfATableAreLinesUnderTheirColumnNames() {
    var chunks = new ArrayList<ChunkDraft>();
    Chunking chunking = chunker(new ChunkSizes(40, 0)).begin(chunks::add);
    Place table = new Place(new Locator.Part("Table 1"), List.of("Prices"), -1, -1);
    for (String row : List.of("tea 2", "coffee 3", "cake 4")) {
      String[] values = row.split(" ", 2);
      chunking.accept(
          new Block.TableRow(
              List.of(
                  new Block.TableRow.Cell("Name", values[0]),
                  new Block.TableRow.Cell("", values[1])),
              table));
    }
    chunking.accept(new Block.Prose("After it.", table));
    chunking.finish();
    assertThat(chunks)
        .containsExactly(
            new ChunkDraft("Name: tea | 2\nName: coffee | 3", table),
            new ChunkDraft("Name: cake | 4", table),
            new ChunkDraft("After it.", table));
  }

  @Test
  void titlesThatComeAsBlocksHeadWhatFollows() {
    var chunks = new ArrayList<ChunkDraft>();
    Chunking chunking = chunker(new ChunkSizes(100, 10)).begin(chunks::add);
    for (var heading : List.of("1 A", "2 B", "2 C", "1 D")) {
      int level = heading.charAt(0) - '0';
      chunking.accept(new Block.Heading(level, heading, Place.WHOLE));
      chunking.accept(new Block.Prose("text", Place.WHOLE));
    }
    chunking.finish();
    assertThat(chunks.stream().map(chunk -> chunk.place().headings()))
        .containsExactly(
            List.of("1 A"), List.of("1 A", "2 B"), List.of("1 A", "2 C"), List.of("1 D"));
  }

  private List<String> cut(int size, int overlap, String text) {
    return Cuts.texts(Cuts.cut(chunker(new ChunkSizes(size, overlap)), text));
  }
}
