package io.kass.core.chunking;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.BreakIterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GraphemesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "👨‍👩‍👧‍👦",
        "👍🏽",
        "🇯🇵",
        "e\u0301",
        "か\u3099",
        "ｶﾞ",
        "☺️",
        "1️⃣",
        "क्षि",
        "각",
        "ᄀ\u1161\u11A8",
        "\r\n",
        "🏴\uDB40\uDC67\uDB40\uDC62\uDB40\uDC7F",
        "\u0600١",
        "กำ"
      })
  void oneCharacterToTheEyeIsOneCluster(String cluster) {
    String text = "a" + cluster + "b";
    assertThat(boundaries(text)).containsExactly(0, 1, 1 + cluster.length(), text.length());
  }

  @Test
  void flagsAreCountedInPairs() {
    assertThat(boundaries("🇯🇵🇫🇷🇩🇪")).containsExactly(0, 4, 8, 12);
  }

  @Test
  void aLineBreakIsNeverPartOfACharacter() {
    assertThat(boundaries("a\n\u0301b")).containsExactly(0, 1, 2, 3, 4);
  }

  @Property
  void findsTheBoundariesOfTheStandard(@ForAll("plain") String text) {
    assertThat(boundaries(text)).isEqualTo(standard(text));
  }

  @Property
  void findsNoBoundaryThatTheStandardDoesNotKnow(@ForAll String text) {
    assertThat(standard(text)).containsAll(boundaries(text));
  }

  @Property
  void theLastBoundaryIsNeverInsideASurrogatePair(@ForAll("plain") String text) {
    for (int limit = 2; limit < text.length(); limit++) {
      int boundary = Graphemes.lastBoundary(text, 0, limit);
      assertThat(boundary).isBetween(1, limit);
      assertThat(Character.isSurrogatePair(text.charAt(boundary - 1), text.charAt(boundary)))
          .isFalse();
    }
  }

  /** Where the JDK does as the standard says, whatever its version. */
  @Provide
  Arbitrary<String> plain() {
    return Arbitraries.of(
            List.of(
                "a", "é", "\u0301", "\u0300", " ", "\n", "\r", "漢", "か", "\u3099", "ﾞ", "👍", "🏽",
                "👩", "\u200D", "❤", "\uFE0F", "🇯", "🇵", "각", "ᄀ", "\u1161", "\u11A8", "\u200B",
                "\uD83D", "\uDC4D", "ก", "\u0E33", "\u20E3", "1", "\u2028"))
        .list()
        .ofMaxSize(40)
        .map(parts -> String.join("", parts));
  }

  private static Set<Integer> boundaries(String text) {
    return IntStream.rangeClosed(0, text.length())
        .filter(i -> Graphemes.isBoundary(text, 0, i))
        .boxed()
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<Integer> standard(String text) {
    BreakIterator clusters = BreakIterator.getCharacterInstance(Locale.ROOT);
    clusters.setText(text);
    return IntStream.rangeClosed(0, text.length())
        .filter(clusters::isBoundary)
        .boxed()
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
