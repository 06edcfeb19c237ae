package io.kass.core.chunking;

import static org.assertj.core.api.Assertions.assertThat;

import io.kass.ports.ContentHash;
import io.kass.ports.document.Place;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LangChainChunkerTest {
  /** What LangChain itself makes of real texts; {@code generate.mjs} says how it was asked. */
  record Golden(ChunkSizes sizes, String file, List<String> chunks) {}

  static Stream<Golden> golden() {
    Map<List<String>, List<String>> chunks = new LinkedHashMap<>();
    for (String line : resource("boundaries.txt").split("\n", -1)) {
      String[] fields = line.split(" ", -1);
      if (fields.length == 4) {
        chunks
            .computeIfAbsent(List.of(fields[0], fields[1]), key -> new ArrayList<>())
            .add(fields[2] + " " + fields[3]);
      }
    }
    return chunks.entrySet().stream()
        .map(entry ->
            new Golden(
                sizes(entry.getKey().getFirst()), entry.getKey().getLast(), entry.getValue()));
  }

  @ParameterizedTest
  @MethodSource("golden")
  void cutsRealTextsWhereLangChainDoes(Golden golden) {
    String text = resource("texts/" + golden.file());
    List<ChunkDraft> chunks = Cuts.cut(new LangChainChunker(golden.sizes()), text);
    assertThat(chunks.stream().map(LangChainChunkerTest::summary))
        .containsExactlyElementsOf(golden.chunks());
    for (ChunkDraft chunk : chunks) {
      Place place = chunk.place();
      assertThat(chunk.text()).isEqualTo(text.substring((int) place.begin(), (int) place.end()));
    }
  }

  @Test
  void thereAreGoldenTextsOfEverySize() {
    assertThat(golden()).hasSize(14);
  }

  /** Python's length of an emoji is 1, so 16 of them fit where Java counts 32 units. */
  @Test
  void sizesCountCodePoints() {
    assertThat(cut(16, 4, "😀".repeat(30)))
        .containsExactly("😀".repeat(16), "😀".repeat(16), "😀".repeat(6));
  }

  @Test
  void aWordOfAstralCharactersThatJustFitsStaysWhole() {
    assertThat(cut(16, 0, "a " + "𠮷".repeat(14) + " b"))
        .containsExactly("a " + "𠮷".repeat(14), "b");
  }

  /** A piece of exactly the size is split again, which shows in what the next chunk repeats. */
  @Test
  void aPieceOfExactlyTheSizeGoesToTheNextSeparator() {
    assertThat(cut(16, 8, "aaaa bbbb cccc d\n\neeee")).containsExactly("aaaa bbbb cccc d", "eeee");
    assertThat(cut(16, 8, "aaaa bbbb cccc\n\neeee")).containsExactly("aaaa bbbb cccc", "eeee");
  }

  @Test
  void repeatsWholePiecesThatFitTheOverlap() {
    assertThat(cut(16, 8, "aaaa bbbb cccc dddd eeee"))
        .containsExactly("aaaa bbbb cccc", "cccc dddd eeee");
  }

  /** {@code "x\n\n\ny"} falls into {@code x}, {@code \n\n} and {@code \ny}, not at overlaps. */
  @Test
  void separatorsDoNotOverlap() {
    assertThat(cut(16, 8, "aaaaaaaa\n\n\nbbbbbbb cc")).containsExactly("aaaaaaaa", "bbbbbbb cc");
  }

  @Test
  void stripsWhatPythonStrips() {
    assertThat(cut(16, 0, "\u001c\u0085\u3000a\u00a0\u001f\n\n\u2028")).containsExactly("a");
    assertThat(cut(16, 0, "\ufeffa")).containsExactly("\ufeffa");
    assertThat(cut(16, 0, " \n \n\n ")).isEmpty();
  }

  @Property
  void aChunkIsTheSourceAtItsOffsetsAndNoLongerThanAsked(
      @ForAll("texts") String text, @ForAll("sizes") ChunkSizes sizes) {
    for (ChunkDraft chunk : Cuts.cut(new LangChainChunker(sizes), text)) {
      Place place = chunk.place();
      assertThat(chunk.text()).isEqualTo(text.substring((int) place.begin(), (int) place.end()));
      assertThat(chunk.text().codePointCount(0, chunk.text().length()))
          .isLessThanOrEqualTo(sizes.size());
    }
  }

  @Property
  void cutsAsTheAlgorithmWrittenWithListsOfStrings(
      @ForAll("texts") String text, @ForAll("sizes") ChunkSizes sizes) {
    assertThat(cut(sizes.size(), sizes.overlap(), text))
        .isEqualTo(new PlainLangChain(sizes.size(), sizes.overlap()).split(text));
  }

  @Property
  void whereTheWindowsAreCutDoesNotShow(
      @ForAll("texts") String text,
      @ForAll("sizes") ChunkSizes sizes,
      @ForAll("places") List<Integer> places) {
    Chunker chunker = new LangChainChunker(sizes);
    assertThat(Cuts.cut(chunker, text, places)).isEqualTo(Cuts.cut(chunker, text));
    List<Integer> everywhere = IntStream.range(1, Math.max(1, text.length())).boxed().toList();
    assertThat(Cuts.cut(chunker, text, everywhere)).isEqualTo(Cuts.cut(chunker, text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "a ", "a\n", "a\n\n", "\n", " ", "\n ", "👍🏽", "👍🏽 "})
  @Tag("D14")
  void holdsOneWindowAndAFewChunksOfATextThatNeverEnds(String piece) {
    var cutter = new LangChainCutter(new ChunkSizes(1000, 200), (text, begin, one, last, on) -> {});
    String window = piece.repeat(50_000 / piece.length());
    for (int i = 0; i < 10; i++) {
      cutter.append(window);
      assertThat(cutter.text.length()).isLessThan(window.length() + 5000);
    }
    cutter.finish();
  }

  @Provide
  Arbitrary<List<Integer>> places() {
    return Arbitraries.integers().between(1, 1500).list().ofMaxSize(12);
  }

  @Provide
  Arbitrary<String> texts() {
    return Texts.any();
  }

  @Provide
  Arbitrary<ChunkSizes> sizes() {
    return Arbitraries.integers()
        .between(16, 120)
        .flatMap(size ->
            Arbitraries.integers()
                .between(0, size / 2)
                .map(overlap -> new ChunkSizes(size, overlap)));
  }

  private static List<String> cut(int size, int overlap, String text) {
    return Cuts.texts(Cuts.cut(new LangChainChunker(new ChunkSizes(size, overlap)), text));
  }

  private static String summary(ChunkDraft chunk) {
    return chunk.text().length() + " " + ContentHash.of(chunk.text()).hex().substring(0, 12);
  }

  private static ChunkSizes sizes(String text) {
    int slash = text.indexOf('/');
    return new ChunkSizes(
        Integer.parseInt(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
  }

  private static String resource(String name) {
    try (InputStream in = LangChainChunkerTest.class.getResourceAsStream("langchain/" + name)) {
      if (in == null) {
        throw new IllegalStateException("no such resource: " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
