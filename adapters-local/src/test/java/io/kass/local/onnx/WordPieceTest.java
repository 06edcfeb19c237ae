package io.kass.local.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares with the library that the model's makers use. */
class WordPieceTest {
  private static final int LIMIT = 512;

  /** The library knows the characters of Unicode 8; these came, or changed, later. */
  private static final Set<Integer> NEWER = new HashSet<>();

  @SuppressWarnings("NullAway.Init")
  private static HuggingFaceTokenizer reference;

  @SuppressWarnings("NullAway.Init")
  private static WordPiece tokenizer;

  @BeforeAll
  @BeforeContainer
  static synchronized void load() throws IOException {
    if (tokenizer != null) {
      return;
    }
    System.setProperty("DJL_CACHE_DIR", Files.createDirectories(Fixtures.cache("djl")).toString());
    System.setProperty("ai.djl.offline", "true");
    try (InputStream in = WordPieceTest.class.getResourceAsStream(E5Small.TOKENIZER_RESOURCE)) {
      reference =
          HuggingFaceTokenizer.newInstance(
              Objects.requireNonNull(in),
              Map.of(
                  "maxLength", "512",
                  "modelMaxLength", "512",
                  "truncation", "true",
                  "padding", "false"));
    }
    tokenizer = OnnxAssets.tokenizer(OnnxAssets.in(Fixtures.assets()).model());
    findNewer();
  }

  /** Looks at every assigned code point of the first three planes, between two letters. */
  private static void findNewer() {
    int together = 64;
    for (int first = 0; first < 0x30000; first += together) {
      List<Integer> some = assigned(first, first + together);
      String text = String.join(" ", some.stream().map(WordPieceTest::between).toList());
      if (!same(text)) {
        some.stream().filter(c -> !same(between(c))).forEach(NEWER::add);
      }
    }
  }

  private static List<Integer> assigned(int from, int to) {
    var assigned = new ArrayList<Integer>();
    for (int c = from; c < to; c++) {
      int type = Character.getType(c);
      if (type != Character.UNASSIGNED && type != Character.SURROGATE) {
        assigned.add(c);
      }
    }
    return assigned;
  }

  private static String between(int codePoint) {
    return "a" + Character.toString(codePoint) + "b";
  }

  private static boolean same(String text) {
    return Arrays.equals(tokenizer.encode(text, LIMIT), reference.encode(text).getIds());
  }

  @Test
  void differsOnlyInCharactersThatAreNewToUnicode() {
    assertThat(NEWER).hasSizeLessThan(700);
    assertThat(NEWER)
        .noneMatch(c -> c < 0x600)
        .noneMatch(c -> c >= 0x1e00 && c < 0x2e00)
        .noneMatch(c -> c >= 0x3000 && c < 0xa000)
        .noneMatch(c -> c >= 0xac00 && c < 0xd800)
        .noneMatch(c -> c >= 0xf900 && c < 0x10000)
        .noneMatch(c -> c >= 0x1f000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " \t\r\n",
        "query: How much wood would a woodchuck chuck?",
        "passage: Crème brûlée, naïve façade; Ångström – “quoted” … £5.00 (50%)",
        "Unaffable antidisestablishmentarianism, e-mail: a.b+c@example.org",
        "CamelCase snake_case kebab-case x=y*z/3.14e-10 /* code */ {\"json\": [1, 2]}",
        "日本語と한국어 and Ελληνικά, русский, עברית, العربية, हिन्दी, ไทย",
        "[CLS] text [SEP] with [MASK] [mask] [UNK][PAD] [ [[SEP]] tokens",
        "\u0000\u0001\ufffd\u00ad\u200b\ufeff\u2028x\u0085y\u000bz",
        "e\u0301\u0327 \u212b \u1e9e İstanbul ıI ẞß ǅ ﬁ ½ ² \ud83d\ude00\u200d\ud83d\ude80",
        "\ufa0e\uf900 \u2f00 \u3000 \ud869\uded6 \ud870\udc00"
      })
  void givesTheReferencesTokens(String text) {
    assertThat(tokenizer.encode(text, LIMIT)).isEqualTo(reference.encode(text).getIds());
  }

  @Test
  void cutsWhereTheReferenceCuts() {
    for (String text :
        List.of(
            "word ".repeat(600), "unaffable, ".repeat(300), "x".repeat(2_000), "日".repeat(900))) {
      assertThat(tokenizer.encode(text, LIMIT)).isEqualTo(reference.encode(text).getIds());
    }
  }

  @Test
  void takesLongWordsForUnknown() {
    for (int length : new int[] {99, 100, 101, 5_000}) {
      String text = "before " + "ab".repeat(length).substring(0, length) + " after";
      assertThat(tokenizer.encode(text, LIMIT)).isEqualTo(reference.encode(text).getIds());
    }
  }

  @Test
  void leavesLoneSurrogatesOut() {
    assertThat(tokenizer.encode("a\ud83db \udc00c", LIMIT))
        .isEqualTo(tokenizer.encode("ab c", LIMIT));
  }

  @Test
  void looksAtNoMoreThanABoundedPrefix() {
    String blank = " ".repeat(WordPiece.MAX_CHARS);

    assertThat(tokenizer.encode(blank + "word", LIMIT)).isEqualTo(tokenizer.encode("", LIMIT));
    assertThat(tokenizer.encode(blank.substring(4) + "word", LIMIT))
        .isEqualTo(tokenizer.encode("word", LIMIT));
  }

  @Property(tries = 2_000)
  void givesTheReferencesTokensForAnyText(@ForAll("texts") String text) {
    assertThat(tokenizer.encode(text, LIMIT)).isEqualTo(reference.encode(text).getIds());
  }

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> character =
        Arbitraries.integers()
            .between(0, 0x2ffff)
            .filter(c -> !NEWER.contains(c) && Character.getType(c) != Character.SURROGATE)
            .map(Character::toString);
    Arbitrary<String> likely =
        Arbitraries.of(
            "a", "Z", "9", ".", "-", "_", "'", "[", "]", " ", "\n", "\u0301", "\u0323", "\u0307",
            "é", "ß", "İ", "\u00ad", "\u200d", "\ufffd", "\u0000", "한", "\u1100", "\u1161", "々",
            "中", "[SEP]", "[MASK]", "run", "ning", "\u302e", "😀");
    return Arbitraries.frequencyOf(Tuple.of(1, character), Tuple.of(4, likely))
        .list()
        .ofMaxSize(60)
        .map(parts -> String.join("", parts));
  }
}
