package io.kass.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PrintableTest {
  @Test
  void escapeSequencesBecomeVisible() {
    assertThat(Printable.text("\u001b[2J\u001b]0;owned\u0007 and \u009b31m"))
        .isEqualTo("␛[2J␛]0;owned␇ and \uFFFD31m");
  }

  @Test
  void whatOnlyHidesDisappears() {
    assertThat(Printable.text("pay\u202Eload\u2066 \uDB40\uDC41\u200Bx\uFEFF"))
        .isEqualTo("payload x");
  }

  @Test
  void ordinaryTextStaysAsItIs() {
    String text = "Größe 日本語 \uD83D\uDE42 👩\u200D🚀\n\tcode";

    assertThat(Printable.text(text)).isEqualTo(text);
  }

  @Test
  void lineBreaksBecomeOneKind() {
    assertThat(Printable.text("a\r\nb\rc")).isEqualTo("a\nb␍c");
    assertThat(Printable.line(" a\r\n  b\tc ")).isEqualTo("a b c");
  }

  @Test
  void aLoneSurrogateIsReplaced() {
    assertThat(Printable.text("a\uD800b")).isEqualTo("a\uFFFDb");
  }

  @Property
  void nothingThatControlsATerminalIsLeft(@ForAll String text) {
    assertThat(Printable.text(text).codePoints())
        .allMatch(c -> c == '\n' || c == '\t' || !Character.isISOControl(c));
    assertThat(Printable.line(text)).doesNotContain("\n", "\t");
  }
}
