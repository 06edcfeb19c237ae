package io.kass.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class WrapTest {
  @Test
  void breaksAtSpaces() {
    assertThat(Wrap.lines("It gives up on the acquirer after 8 seconds.", 16))
        .containsExactly("It gives up on", "the acquirer", "after 8 seconds.");
  }

  @Test
  void breaksJapaneseBetweenCharactersButNotBeforeClosingPunctuation() {
    List<String> lines = Wrap.lines("呼び出し元には5秒以内に応答を返す。", 10);

    assertThat(lines).allMatch(line -> DisplayWidth.of(line) <= 10);
    assertThat(String.join("", lines)).isEqualTo("呼び出し元には5秒以内に応答を返す。");
    assertThat(lines).noneMatch(line -> line.startsWith("。"));
  }

  @Test
  void breaksInsideAWordOnlyWhenItIsTooLongForALine() {
    assertThat(Wrap.lines("see abcdefghijkl now", 8))
        .containsExactly("see", "abcdefgh", "ijkl now");
  }

  @Test
  void pathsAndAddressesStayWhole() {
    assertThat(Wrap.lines("see http://localhost:11434/v1 or docs/cli.md", 26))
        .containsExactly("see", "http://localhost:11434/v1", "or docs/cli.md");
    assertThat(Wrap.lines("the file ~/.config/kass/config.toml says", 32))
        .containsExactly("the file", "~/.config/kass/config.toml says");
  }

  @Test
  void keepsLineBreaksAndEmptyLines() {
    assertThat(Wrap.lines("a\n\nb", 20)).containsExactly("a", "", "b");
    assertThat(Wrap.lines("", 20)).containsExactly("");
  }

  @Test
  void withoutALimitNothingBreaks() {
    String text = "word ".repeat(1000).strip();

    assertThat(Wrap.lines(text, Wrap.UNLIMITED)).containsExactly(text);
  }

  @Property
  void noLineIsTooWideAndNothingButSpaceIsLost(
      @ForAll String text, @ForAll @IntRange(min = 2, max = 100) int columns) {
    String printable = Printable.text(text);

    List<String> lines = Wrap.lines(printable, columns);

    assertThat(lines).allMatch(line -> DisplayWidth.of(line) <= columns);
    assertThat(withoutSpace(String.join("", lines))).isEqualTo(withoutSpace(printable));
  }

  private static String withoutSpace(String text) {
    var out = new StringBuilder();
    text.codePoints().filter(c -> !Character.isWhitespace(c)).forEach(out::appendCodePoint);
    return out.toString();
  }
}
