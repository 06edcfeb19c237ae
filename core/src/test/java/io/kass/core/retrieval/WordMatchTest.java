package io.kass.core.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kass.ports.index.Legs.QueryTerm;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class WordMatchTest {
  @Test
  void stemsMatchTheBeginningsOfWords() {
    var match = words("audit", "log", "polici", "run");
    assertThat(match.in("The audited logs follow our policy.")).isEqualTo(bits(0, 1, 2));
    assertThat(match.in("A prologue about trunks")).isEqualTo(bits());
  }

  @Test
  void japaneseWordsMatchAnywhere() {
    var match = words("保存", "監査", "S3");
    assertThat(match.in("監査ログの保存期間は七年です。")).isEqualTo(bits(0, 1));
    assertThat(match.in("Ｓ３のリージョン")).isEqualTo(bits(2));
  }

  @Test
  void sharesAreByWeight() {
    var match =
        new WordMatch(List.of(new QueryTerm("rare", 3, 1), new QueryTerm("common", 1, 100)));
    assertThat(match.share(match.in("rare"))).isCloseTo(0.75, within(1e-9));
    assertThat(match.share(match.in("neither"))).isZero();
    assertThat(new WordMatch(List.of()).share(new BitSet())).isZero();
  }

  private static WordMatch words(String... words) {
    return new WordMatch(
        java.util.Arrays.stream(words).map(word -> new QueryTerm(word, 1, 1)).toList());
  }

  private static BitSet bits(int... positions) {
    var bits = new BitSet();
    for (int position : positions) {
      bits.set(position);
    }
    return bits;
  }
}
