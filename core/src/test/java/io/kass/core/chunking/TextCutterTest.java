package io.kass.core.chunking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Memory and progress on texts that never end. */
class TextCutterTest {
  private static final int WINDOW = 100_000;
  private static final int WINDOWS = 20;
  private static final ChunkSizes SIZES = new ChunkSizes(1000, 150);

  static Stream<String> endless() {
    return Stream.of(
            "x",
            "漢",
            "word ",
            "\n",
            " ",
            "\u0301",
            "🇯🇵",
            "# a\n",
            "```\n",
            "a\n---\n",
            "| a ",
            "- ",
            ".",
            "/*",
            "`",
            "f() {\n",
            "  void f() {\n",
            "class A {\n")
        .map(piece -> piece.repeat(WINDOW / piece.length()));
  }

  @ParameterizedTest
  @MethodSource("endless")
  @Tag("D14")
  void holdsOneWindowAndAFewChunksOfWhateverText(String window) {
    for (WindowCutter cutter : cutters(new ArrayList<>())) {
      for (int i = 0; i < WINDOWS; i++) {
        cutter.append(window);
        assertThat(cutter.text.length()).isLessThan(window.length() + 10 * SIZES.size());
        if (cutter instanceof TextCutter lined) {
          assertThat(lined.lines.end() - lined.lines.first()).isLessThan(20 * SIZES.size());
        }
      }
      cutter.finish();
    }
  }

  @ParameterizedTest
  @MethodSource("endless")
  void aTextOfOneKindIsCutEvenly(String window) {
    var lengths = new ArrayList<Integer>();
    for (WindowCutter cutter : cutters(lengths)) {
      lengths.clear();
      cutter.append(window);
      cutter.finish();
      if (!window.isBlank()) {
        lengths.removeLast();
      }
      assertThat(lengths).allMatch(length -> length >= 500);
    }
  }

  private static List<WindowCutter> cutters(List<Integer> lengths) {
    Cutter.Output output = (text, begin, first, last, headings) -> lengths.add(text.length());
    return List.of(
        new RecursiveCutter(SIZES, output),
        new MarkdownCutter(SIZES, output),
        new CodeCutter(SIZES, CodeSyntax.of("java"), output),
        new CodeCutter(SIZES, CodeSyntax.of("javascript"), output));
  }
}
