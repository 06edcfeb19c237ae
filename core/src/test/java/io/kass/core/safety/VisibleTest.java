package io.kass.core.safety;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("B8")
class VisibleTest {
  @Test
  void hiddenCharactersAreLeftOut() {
    String tags = new String(new int[] {0xe0049, 0xe0067, 0xe006e}, 0, 3);
    assertThat(Visible.of("a\u200bb\u2060c\u00add\ufeff" + tags + "\u202ee\ufe0ff\u0007g\u3164h"))
        .isEqualTo("abcdefgh");
  }

  @Test
  void whatCanBeSeenStays() {
    String text = "日本語、Ñandú\tand 👩🏽 — “quotes”\r\nकि";
    assertThat(Visible.of(text)).isSameAs(text);
  }
}
