package io.kass.core.assistant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CitationMarkersTest {
  @Test
  void keepsWhatNamesAPassageAndRemovesTheRest() {
    CitationMarkers markers = read(2, List.of("Seven years [1], or [3] ten [2][0][12]."));
    assertThat(markers.text()).isEqualTo("Seven years [1], or  ten [2].");
    assertThat(markers.cited()).containsExactly(1, 2);
    assertThat(markers.removed()).isEqualTo(3);
  }

  @Test
  void leavesOtherBracketsAlone() {
    String text = "a[i] = [x] [] [1 ] [[ [12345] [";
    CitationMarkers markers = read(9, List.of(text));
    assertThat(markers.text()).isEqualTo(text);
    assertThat(markers.removed()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'Five days [1, 2].'          | 'Five days [1][2].'          | 2 | 0",
        "'Five days [1,2,3]'          | 'Five days [1][2][3]'        | 3 | 0",
        "'Five days [1; 9]'           | 'Five days [1]'              | 1 | 1",
        "'Five days [1-3], [2–3]'     | 'Five days [1][2][3], [2][3]' | 3 | 0",
        "'五日です【1】。[2、3]'        | '五日です[1]。[2][3]'          | 3 | 0",
        "'五日です[1]【8】。'           | '五日です[1]。'                | 1 | 1",
        "'from [10, 20] to [0-9]'     | 'from [10, 20] to [0-9]'     | 0 | 0",
        "'args[0] and [3-1] and [1-9]' | 'args[0] and [3-1] and [1-9]' | 0 | 0",
        "'Use `args[0]` and `m[9]` [1]' | 'Use `args[0]` and `m[9]` [1]' | 1 | 0",
        "'``a`[7]`` [2] [7]'          | '``a`[7]`` [2] '             | 1 | 1",
        "'a lone ` and a break\n[2]'  | 'a lone ` and a break\n[2]' | 1 | 0"
      })
  void understandsWhatModelsWrite(String said, String passedOn, int cited, int removed) {
    CitationMarkers markers = read(3, List.of(said.replace("\\n", "\n")));
    assertThat(markers.text()).isEqualTo(passedOn.replace("\\n", "\n"));
    assertThat(markers.cited()).hasSize(cited);
    assertThat(markers.removed()).isEqualTo(removed);
  }

  @Test
  void leavesFencesOfCodeAlone() {
    String text = "```java\nint x = m[9];\nint y = `[8]`;\n```\nSo it is [1].";
    CitationMarkers markers = read(3, List.of(text));
    assertThat(markers.text()).isEqualTo(text);
    assertThat(markers.cited()).containsExactly(1);
  }

  @Test
  void passesOnWhatIsClearAtOnce() {
    var heard = new StringBuilder();
    var markers = new CitationMarkers(1, heard::append);
    markers.accept("Seven years [");
    assertThat(heard).hasToString("Seven years ");
    markers.accept("1");
    assertThat(heard).hasToString("Seven years ");
    markers.accept("].");
    assertThat(heard).hasToString("Seven years [1].");
  }

  @Property
  void piecesDoNotMatter(@ForAll("pieces") List<String> pieces) {
    CitationMarkers split = read(3, pieces);
    CitationMarkers whole = read(3, List.of(String.join("", pieces)));
    assertThat(split.text()).isEqualTo(whole.text());
    assertThat(split.cited()).isEqualTo(whole.cited());
    assertThat(split.removed()).isEqualTo(whole.removed());
  }

  @Provide
  Arbitrary<List<String>> pieces() {
    return Arbitraries.strings()
        .withChars('[', ']', '0', '1', '3', '9', 'a', ' ', ',', '-', '`', '\n', '\u3010', '\u3011')
        .ofMinLength(1)
        .ofMaxLength(4)
        .list()
        .ofMaxSize(20);
  }

  private static CitationMarkers read(int passages, List<String> pieces) {
    var heard = new StringBuilder();
    var markers = new CitationMarkers(passages, heard::append);
    pieces.forEach(markers::accept);
    markers.finish();
    assertThat(heard).hasToString(markers.text());
    return markers;
  }
}
