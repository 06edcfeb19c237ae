package io.kass.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DisplayWidthTest {
  @ParameterizedTest
  @CsvSource({"abc, 3", "日本語, 6", "ｶﾅ, 2", "ＡＢ, 4", "e\u0301, 1", "か\u3099, 2", "🙂, 2", "'', 0"})
  void countsColumns(String text, int columns) {
    assertThat(DisplayWidth.of(text)).isEqualTo(columns);
  }

  @Test
  void knowsWhatUnicodeCallsWide() {
    for (int c = 0; c < 0x40000; c++) {
      // Unassigned ones are where versions of Unicode differ.
      if (!UCharacter.isDefined(c) || !Character.isDefined(c) || DisplayWidth.of(c) == 0) {
        continue;
      }
      int property = UCharacter.getIntPropertyValue(c, UProperty.EAST_ASIAN_WIDTH);
      boolean wide =
          property == UCharacter.EastAsianWidth.WIDE
              || property == UCharacter.EastAsianWidth.FULLWIDTH;
      assertThat(DisplayWidth.of(c)).as("U+%04X", c).isEqualTo(wide ? 2 : 1);
    }
  }
}
