package io.kass.core.assistant;

import static org.assertj.core.api.Assertions.assertThat;

import io.kass.ports.assistant.Passage;
import io.kass.ports.index.ChunkBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class PassageSelectionTest {
  private static final String LONG =
      "Audit logs are kept for seven years in the archive of the second site, because the law on"
          + " records asks for it; whoever needs one asks the desk and waits for a day or two.";
  private final List<Passage> found = new ArrayList<>();

  @Test
  void nothingIsShownTwiceNotEvenNearly() {
    found("a", LONG, 1.0);
    found("b", LONG.toUpperCase(Locale.ROOT).replace(" ", "\n  "), 0.9);
    found("c", LONG + " Draft.", 0.8);
    found("d", "short", 0.7);
    found("e", "Short!", 0.6);
    found("f", LONG.replace("seven", "ten").replace("law", "contract") + " And so on.", 0.5);
    assertThat(documents(8, 9_999)).containsExactly("a", "d", "f");
  }

  @Test
  void whatOnlyOverlapsIsShown() {
    found("a", LONG, 1.0);
    found(
        "b",
        LONG.substring(90) + " After that, invoices are kept for ten years in the cellar.",
        0.9);
    assertThat(documents(8, 9_999)).containsExactly("a", "b");
  }

  @Test
  void oneDocumentDoesNotTakeAllPlaces() {
    found("a", "one thing", 1.0);
    found("a", "two things", 0.95);
    found("a", "three of them", 0.9);
    found("b", "other words", 0.88);
    assertThat(documents(3, 9_999)).containsExactly("a", "b", "a");
  }

  @Test
  void whatDoesNotFitIsLeftOutButForTheFirst() {
    found("a", "one two three", 1.0);
    found("b", "four five", 0.9);
    found("c", "six", 0.8);
    assertThat(documents(8, 5)).containsExactly("a", "b");
    assertThat(documents(8, 1)).containsExactly("a");
    assertThat(PassageSelection.of(List.of(), 8, 9, text -> 1)).isEmpty();
  }

  private void found(String document, String text, double score) {
    found.add(new Passage(ChunkBuilder.chunk(document, text).build(), score));
  }

  private List<String> documents(int most, int tokens) {
    return PassageSelection.of(found, most, tokens, text -> text.toString().split(" ").length)
        .stream()
        .map(passage -> passage.chunk().chunk().document().value())
        .toList();
  }
}
