package io.kass.core.chunking;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LineBreaksTest {
  private final LineBreaks breaks = new LineBreaks();

  /** Characters that have the bits of a newline in either half, or all but one of them. */
  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of(
            '\n', '\n', 'a', ' ', '\r', '\u000B', '\u010A', '\u0A0A', '\u0A00', '\u4E0A', '\u800A',
            '\uFFFF', '\u8000', '\u7FFF', '\u0000', '\uD83D')
        .array(Character[].class)
        .ofMaxSize(200)
        .map(LineBreaksTest::join);
  }

  private static String join(Character[] characters) {
    var text = new StringBuilder();
    for (char c : characters) {
      text.append(c);
    }
    return text.toString();
  }

  @Property
  void countsAndFindsWhatALoopDoes(
      @ForAll("texts") String text,
      @ForAll @IntRange(max = 200) int one,
      @ForAll @IntRange(max = 200) int other) {
    int from = Math.min(text.length(), Math.min(one, other));
    int to = Math.min(text.length(), Math.max(one, other));
    breaks.load(text, from / 2, text.length());

    String part = text.substring(from, to);
    assertThat(breaks.count(from, to)).isEqualTo(part.chars().filter(c -> c == '\n').count());
    int last = part.lastIndexOf('\n');
    assertThat(breaks.last(from, to)).isEqualTo(last < 0 ? -1 : from + last);
  }

  @Test
  void countsFarMoreThanALaneHolds() {
    String text = "\n\na\n".repeat(100_000);
    breaks.load(text, 0, text.length());
    assertThat(breaks.count(0, text.length())).isEqualTo(300_000);
    assertThat(breaks.count(1, 3)).isEqualTo(1);
    String none = "x".repeat(400_000);
    breaks.load(none, 0, none.length());
    assertThat(breaks.count(0, none.length())).isZero();
  }

  @Test
  void aLineOfWhiteSpaceIsBlankUnlessItIsLong() {
    assertThat(endsBlank("a\n \t\r\nb")).isTrue();
    assertThat(endsBlank("a\n\nb")).isTrue();
    assertThat(endsBlank("a\n x\nb")).isFalse();
    assertThat(endsBlank("a\n" + " ".repeat(255) + "\n")).isTrue();
    assertThat(endsBlank("a\n" + " ".repeat(256) + "\n")).isFalse();
  }

  private boolean endsBlank(String text) {
    breaks.load(text, 0, text.length());
    return breaks.endsBlankLine(0, text.lastIndexOf('\n'));
  }
}
