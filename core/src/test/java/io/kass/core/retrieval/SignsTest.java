package io.kass.core.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SignsTest {
  @Test
  void areIdeographsAndWordsOfOtherLetters() {
    assertThat(Signs.of("ＡＰＩのタイムアウトは30秒で休む")).containsExactlyInAnyOrder("api", "タイムアウト", "30", "休");
  }

  @Test
  void thoseOfEveryQuestionTellNothing() {
    assertThat(Signs.of("何年何月ですか")).isEmpty();
  }

  @Test
  void aShareIsHeldWhateverTheWords() {
    assertThat(Signs.share(Signs.of("休みたい"), "休暇を申請する")).isEqualTo(1);
    assertThat(Signs.share(Signs.of("休業の申請"), "休暇")).isEqualTo(0.25, within(1e-9));
  }
}
