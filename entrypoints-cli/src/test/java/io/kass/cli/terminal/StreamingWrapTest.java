package io.kass.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class StreamingWrapTest {
  private final StringBuilder out = new StringBuilder();

  @Test
  void breaksBeforeTheWordThatDoesNotFit() {
    stream(12, List.of("The gate", "way waits 8 s", "econds.\nThen", " it stops."));

    assertThat(out).hasToString("The gateway\nwaits 8\nseconds.\nThen it\nstops.");
  }

  @Test
  void breaksBetweenIdeographs() {
    stream(10, List.of("決済チームの", "リーダー"));

    assertThat(out).hasToString("決済チーム\nのリーダー");
  }

  @Test
  void passesEverythingOnAtOnceWhereNothingBreaks() {
    var wrap = new StreamingWrap(Wrap.UNLIMITED, out::append);

    wrap.accept("The gatew");

    assertThat(out).hasToString("The gatew");
    assertThat(wrap.begun()).isTrue();
  }

  @Test
  void controlCharactersBecomeVisibleEvenWhenTheyComeInPieces() {
    stream(80, List.of("a\u001b", "[31mb\r", "\nc\uD83D", "\uDE42"));

    assertThat(out).hasToString("a␛[31mb\nc🙂");
  }

  @Test
  void whatEndsInLineBreaksLeavesNoneBehind() {
    stream(80, List.of("one\n", "\n", "two", "\n", "\n \n"));

    assertThat(out).hasToString("one\n\ntwo");
  }

  @Test
  void nothingIsNothing() {
    var wrap = new StreamingWrap(10, out::append);
    wrap.accept("");
    wrap.finish();

    assertThat(wrap.begun()).isFalse();
  }

  @Property
  void howTheTextIsCutMakesNoDifference(
      @ForAll @Size(max = 12) List<String> pieces,
      @ForAll @IntRange(min = 2, max = 60) int columns) {
    var whole = new StringBuilder();
    var wrap = new StreamingWrap(columns, whole::append);
    wrap.accept(String.join("", pieces));
    wrap.finish();

    var parts = new StringBuilder();
    var other = new StreamingWrap(columns, parts::append);
    pieces.forEach(other::accept);
    other.finish();

    assertThat(parts).hasToString(whole.toString());
  }

  private void stream(int columns, List<String> pieces) {
    var wrap = new StreamingWrap(columns, out::append);
    pieces.forEach(wrap::accept);
    wrap.finish();
  }
}
