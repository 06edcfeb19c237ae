package io.kass.ports;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class BytewiseTest {
  @Property
  void ordersAsTheBytesOfUtf8Do(@ForAll("texts") String a, @ForAll("texts") String b) {
    int bytes =
        Arrays.compareUnsigned(
            a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    assertThat(Integer.signum(Bytewise.compare(a, b))).isEqualTo(Integer.signum(bytes));
  }

  @Example
  void putsAnEmojiAfterAFullWidthLetter() {
    assertThat(Bytewise.compare("\uFF21", "\uD83D\uDE00")).isNegative();
    assertThat("\uFF21".compareTo("\uD83D\uDE00")).isPositive();
  }

  @Property
  void findsHalfCharactersAsAnEncoderDoes(@ForAll("halves") String text) {
    assertThat(Bytewise.hasHalfCharacter(text))
        .isEqualTo(!StandardCharsets.UTF_8.newEncoder().canEncode(text));
  }

  @Provide
  Arbitrary<String> halves() {
    return Arbitraries.strings().withChars('a', '\uD83D', '\uDE00', '\uFFFD').ofMaxLength(6);
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of(
            "a",
            "b",
            "/",
            "",
            "\u007F",
            "\u00E9",
            "\uE000",
            "\uFFFD",
            "\uD83D\uDE00",
            "\uDBFF\uDFFF")
        .list()
        .ofMaxSize(5)
        .map(pieces -> String.join("", pieces));
  }
}
