package io.kass.local.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

/** Keys of rows that have none. */
class LegacyKeysTest {
  @Test
  void writesTheIdInSixteenDigits() {
    assertThat(LegacyKeys.key(255)).isEqualTo("00000000000000ff");
    assertThat(LegacyKeys.id("00000000000000ff")).isEqualTo(255);
    assertThat(LegacyKeys.id("00000000000000ff00")).isEqualTo(255);
    assertThat(LegacyKeys.id("00000000000000ff01")).isNull();
    assertThat(LegacyKeys.id("ff")).isNull();
    assertThat(LegacyKeys.id("f".repeat(16))).isNull();
  }

  @Property
  void keepsTheOrderOfIds(@ForAll @LongRange(min = 0) long a, @ForAll @LongRange(min = 0) long b) {
    String next = LegacyKeys.next(LegacyKeys.key(a));
    assertThat(Integer.signum(LegacyKeys.key(a).compareTo(LegacyKeys.key(b))))
        .isEqualTo(Long.compare(a, b));
    assertThat(Integer.signum(next.compareTo(LegacyKeys.key(b)))).isEqualTo(a >= b ? 1 : -1);
  }

  @Property
  void findsTheFirstIdOfARange(
      @ForAll @CharRange(from = '0', to = '3') @StringLength(max = 20) String bound) {
    long first = LegacyKeys.firstId(bound);
    long end = LegacyKeys.endId(bound);
    String zeros = "0".repeat(48);
    assertThat(LegacyKeys.key(first) + zeros).isGreaterThanOrEqualTo(bound);
    assertThat(LegacyKeys.key(end)).isGreaterThanOrEqualTo(bound);
    if (first > 0) {
      assertThat(LegacyKeys.key(first - 1) + zeros).isLessThan(bound);
    }
    if (end > 0) {
      assertThat(LegacyKeys.key(end - 1)).isLessThan(bound);
    }
  }
}
