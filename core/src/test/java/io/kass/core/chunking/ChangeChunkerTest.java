package io.kass.core.chunking;

import static org.assertj.core.api.Assertions.assertThat;

import io.kass.ports.Json;
import io.kass.ports.Metadata;
import io.kass.ports.document.Block;
import io.kass.ports.document.Locator;
import io.kass.ports.document.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ChangeChunkerTest {
  /** A token a word, so that lengths in tokens and in characters differ. */
  private static final TokenMeasure WORDS =
      new TokenMeasure("words", text -> text.toString().strip().split("\\s+", -1).length);

  /** A token a code unit: what no sizes in words could be mistaken for. */
  private static final TokenMeasure UNITS = new TokenMeasure("units", CharSequence::length);

  private static final Place COMMIT = new Place(new Locator.Lines(1, 9), List.of("Fix"), -1, -1);

  @Test
  void theMessageIsOneTextAndWhatIsKnownIsMetadataOfAllChunks() {
    List<ChunkDraft> chunks =
        cut(
            WORDS,
            20,
            field("type", "commit"),
            field("author", "Kim"),
            field("Title", "Fix it"),
            field("Description", "It was broken."),
            hunk("a.txt", "@@ -1 +1 @@\n-a\n+b\n"),
            field("author", "Lee"),
            field("Title", "Another"));
    assertThat(chunks)
        .containsExactly(
            new ChunkDraft(
                "Title: Fix it\n\nDescription: It was broken.",
                COMMIT,
                Metadata.of(Map.of("type", Json.of("commit"), "author", Json.of("Kim")))),
            new ChunkDraft(
                "@@ -1 +1 @@\n-a\n+b",
                new Place(new Locator.Lines(10, 12), List.of("Fix", "a.txt:1-2"), 100, 117),
                Metadata.of(
                    Map.of(
                        "type", Json.of("commit"),
                        "author", Json.of("Kim"),
                        "file", Json.of("a.txt")))),
            new ChunkDraft(
                "Title: Another", COMMIT, Metadata.of(Map.of("author", Json.of("Lee")))));
  }

  @Test
  void aLongHunkIsCutBetweenLinesAndEachPartNamesItsLines() {
    String text =
        """
        --- a/a.txt
        +++ b/a.txt
        @@ -5,9 +7,9 @@ head
         one is kept
        -two was here
        +two is here now
         three is kept
        +four is new here
        """;
    List<ChunkDraft> chunks = cut(WORDS, 16, hunk("a.txt", text));
    assertThat(Cuts.texts(chunks))
        .containsExactly(
            "--- a/a.txt\n+++ b/a.txt\n@@ -5,9 +7,9 @@ head\n one is kept\n-two was here",
            " one is kept\n-two was here\n+two is here now\n three is kept",
            "+two is here now\n three is kept\n+four is new here");
    assertThat(chunks.stream().map(chunk -> chunk.place().headings().getLast()))
        .containsExactly("a.txt:7-7", "a.txt:7-9", "a.txt:8-10");
    assertThat(chunks.stream().map(chunk -> chunk.place().locator()))
        .containsExactly(
            new Locator.Lines(10, 14), new Locator.Lines(13, 16), new Locator.Lines(15, 17));
  }

  @Test
  void aLineThatIsTooLongIsCutAfterAWord() {
    List<ChunkDraft> chunks = cut(UNITS, 16, hunk("a.txt", "+one two three four five six\n"));
    assertThat(Cuts.texts(chunks)).allMatch(chunk -> chunk.length() <= 16);
    assertThat(String.join("", Cuts.texts(chunks)).replace(" ", ""))
        .isEqualTo("+onetwothreefourfivesix");
  }

  @Test
  void aDiffWithoutACommitIsCutToo() {
    assertThat(cut(WORDS, 100, hunk("a.txt", "@@ -1 +1 @@\n-a\n+b\n")).getFirst().metadata())
        .isEqualTo(Metadata.of(Map.of("file", Json.of("a.txt"))));
  }

  @Property(tries = 200)
  void aChunkIsItsPartOfThePatchAndNothingIsLost(@ForAll("texts") String text) {
    int begin = 100;
    int covered = 0;
    for (ChunkDraft chunk : cut(UNITS, 60, hunk("a.txt", text))) {
      int from = (int) chunk.place().begin() - begin;
      int to = (int) chunk.place().end() - begin;
      assertThat(chunk.text()).isEqualTo(text.substring(from, to));
      assertThat(chunk.text().length()).isLessThanOrEqualTo(60);
      assertThat(Characters.skipBlanks(text, Math.min(covered, from), from)).isEqualTo(from);
      assertThat(to).isGreaterThan(covered);
      covered = to;
    }
    assertThat(Characters.skipBlanks(text, covered, text.length())).isEqualTo(text.length());
  }

  @Provide
  Arbitrary<String> texts() {
    return Texts.code();
  }

  @Test
  void nothingIsCountedTwiceOverAndOver() {
    long[] counted = {0};
    var measure =
        new TokenMeasure(
            "counted",
            text -> {
              counted[0] += text.length();
              return text.length() / 4 + 1;
            });
    String text = "+line of a diff that goes on\n".repeat(2000) + "+" + "word ".repeat(20_000);
    cut(measure, 600, hunk("a.txt", text));
    assertThat(counted[0]).isLessThan(3L * text.length());
  }

  private static List<ChunkDraft> cut(TokenMeasure measure, int size, Block... blocks) {
    var chunks = new ArrayList<ChunkDraft>();
    Chunking chunking =
        new ChangeChunker(new ChunkSizes(size, size / 2), measure).begin(chunks::add);
    List.of(blocks).forEach(chunking);
    chunking.finish();
    return chunks;
  }

  private static Block field(String name, String text) {
    return new Block.Field(name, text, COMMIT);
  }

  private static Block hunk(String file, String text) {
    int lines = (int) IntStream.range(0, text.length()).filter(i -> text.charAt(i) == '\n').count();
    var place =
        new Place(
            new Locator.Lines(10, 10 + Math.max(0, lines - 1)),
            List.of("Fix", file + ":1-2"),
            100,
            100 + text.length());
    return new Block.Hunk(file, text, place);
  }
}
