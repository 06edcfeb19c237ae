package io.kass.documents.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParagraphsTest {
  private static final float SIZE = 10;
  private static final float LETTER = 5;
  private static final int FULL = 40;

  private final List<PageLine> lines = new ArrayList<>();
  private float baseline = 50;

  @Test
  void joinsWhatFlowsOn() {
    line("The quick brown fox jumps over the lazy");
    line("dog and sleeps.");

    assertText("The quick brown fox jumps over the lazy dog and sleeps.\n");
  }

  @Test
  void keepsTheBreakAfterALineThatHadRoom() {
    line("Ingredients for the salad of the day are:");
    line("Tomatoes");
    line("Cucumbers");

    assertText("Ingredients for the salad of the day are:\nTomatoes\nCucumbers\n");
  }

  @Test
  void seesParagraphsByTheirDistance() {
    line("The quick brown fox jumps over the lazy");
    line("dog, then over another and over the last");
    line("one there is.");
    baseline += 8;
    line("A new thought begins here, and it is long");
    line("enough for a second line.");

    assertText(
        """
        The quick brown fox jumps over the lazy dog, then over another and over the last one there is.

        A new thought begins here, and it is long enough for a second line.
        """);
  }

  @Test
  void seesNoParagraphsInWideLineSpacing() {
    for (int i = 0; i < 4; i++) {
      line("The quick brown fox jumps over the lazy");
      baseline += 10;
    }

    assertThat(Paragraphs.join(lines, new Hyphens())).doesNotContain("\n\n");
  }

  @Test
  void seesParagraphsByTheirIndent() {
    line("The quick brown fox jumps over the lazy");
    line("dog and over the next one, which is asleep");
    line(20, "Indented is the second paragraph, with");
    line("its second line on the margin again, so.");

    assertText(
        """
        The quick brown fox jumps over the lazy dog and over the next one, which is asleep

        Indented is the second paragraph, with its second line on the margin again, so.
        """);
  }

  @Test
  void setsHeadingsApart() {
    lines.add(new PageLine("A Heading of This Page", 50, 250, baseline, 16, 10));
    baseline += 20;
    line("The quick brown fox jumps over the lazy");
    line("dog.");

    assertText("A Heading of This Page\n\nThe quick brown fox jumps over the lazy dog.\n");
  }

  @Test
  void keepsTheItemsOfAListApart() {
    line("• the first item is as long as the line is");
    line("• the second is");
    line("2. so is the one with a number before it");
    line("3. that goes on");

    assertThat(Paragraphs.join(lines, new Hyphens()).lines()).hasSize(4);
  }

  @Test
  void followsASentenceIntoTheNextColumn() {
    line("The quick brown fox jumps over the lazy");
    baseline = 50;
    lines.add(new PageLine("dog in the next column.", 300, 420, baseline, SIZE, 15));

    assertText("The quick brown fox jumps over the lazy dog in the next column.\n");
  }

  @Test
  void endsAParagraphWithItsColumn() {
    line("The quick brown fox jumped over the dog.");
    baseline = 50;
    lines.add(new PageLine("Another column.", 300, 420, baseline, SIZE, 35));

    assertText("The quick brown fox jumped over the dog.\n\nAnother column.\n");
  }

  @Test
  void joinsJapaneseWithoutASpace() {
    lines.add(new PageLine("休暇の申請は二週間前までに行い", 50, 200, 50, SIZE, SIZE));
    lines.add(new PageLine("ます。API の利用も", 50, 140, 65, SIZE, SIZE));

    assertText("休暇の申請は二週間前までに行います。API の利用も\n");
  }

  @Test
  void takesAHyphenAwayWhereTheWordIsKnown() {
    line("Information is given to those who ask it.");
    line("There are few who do not look for infor-");
    line("mation.");

    assertText(
        "Information is given to those who ask it. There are few who do not look for"
            + " information.\n");
  }

  @Test
  void leavesAHyphenWhereTheWordIsNotKnown() {
    line("The author of the book has become a well-");
    line("known person.");

    assertText("The author of the book has become a well-known person.\n");
  }

  @Test
  void takesSoftHyphensAway() {
    line("There are few who do not look for infor\u00AD");
    line("mation.");

    assertText("There are few who do not look for information.\n");
  }

  @Test
  void makesNothingOfNothing() {
    assertThat(Paragraphs.join(List.of(), new Hyphens())).isEmpty();
  }

  private void line(String text) {
    line(0, text);
  }

  /** All letters are of one width; the lines above are written to fill about the same. */
  private void line(float indent, String text) {
    float left = 50 + indent;
    int firstWord = text.indexOf(' ') < 0 ? text.length() : text.indexOf(' ');
    float right = left + Math.min(FULL, text.length()) * LETTER;
    lines.add(new PageLine(text, left, right, baseline, SIZE, firstWord * LETTER));
    baseline += 14;
  }

  private void assertText(String expected) {
    assertThat(Paragraphs.join(lines, new Hyphens())).isEqualTo(expected);
  }
}
