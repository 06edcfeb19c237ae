package io.kass.core.chunking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SentenceChunkerTest extends ChunkerRules {
  @Override
  Chunker chunker(ChunkSizes sizes) {
    return new SentenceChunker(sizes);
  }

  @Test
  void cutsAfterTheLastSentenceThatFits() {
    String text = "One is short. Two is a little longer. Three is the longest of all three here.";
    assertThat(cut(60, 0, text))
        .containsExactly(
            "One is short. Two is a little longer.", "Three is the longest of all three here.");
    assertThat(cut(45, 0, "It is. So " + "word ".repeat(12)).getFirst()).isEqualTo("It is.");
  }

  @Test
  void japaneseIsCutAfterItsFullStops() {
    assertThat(cut(24, 0, "受注は翌日に処理する。在庫がないときは取り寄せる。「分かりました。」と返す。"))
        .containsExactly("受注は翌日に処理する。", "在庫がないときは取り寄せる。", "「分かりました。」と返す。");
  }

  @Test
  void aLineOfItsOwnIsASentence() {
    assertThat(cut(40, 0, "Backups\n\nThey run every night, at two\no'clock. They are kept."))
        .containsExactly("Backups", "They run every night, at two\no'clock.", "They are kept.");
  }

  @Test
  void repeatsWholeSentences() {
    assertThat(cut(48, 20, "Alpha is the first. Beta is next. Gamma is third. Delta is last."))
        .containsExactly(
            "Alpha is the first. Beta is next.", "Beta is next. Gamma is third. Delta is last.");
  }

  @Test
  void aSentenceThatIsTooLongIsCutBetweenWords() {
    assertThat(cut(20, 0, "one two three four five six seven"))
        .containsExactly("one two three four", "five six seven");
  }

  private List<String> cut(int size, int overlap, String text) {
    return Cuts.texts(Cuts.cut(chunker(new ChunkSizes(size, overlap)), text));
  }
}
