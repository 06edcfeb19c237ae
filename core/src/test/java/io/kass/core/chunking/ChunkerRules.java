package io.kass.core.chunking;

import static org.assertj.core.api.Assertions.assertThat;

import io.kass.ports.document.Locator;
import io.kass.ports.document.Place;
import java.text.BreakIterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What every chunker of running text keeps to, whatever the text. */
abstract class ChunkerRules {
  abstract Chunker chunker(ChunkSizes sizes);

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.oneOf(Texts.any(), Texts.any(), Texts.clusters());
  }

  @Provide
  Arbitrary<ChunkSizes> sizes() {
    return Arbitraries.integers()
        .between(16, 200)
        .flatMap(size ->
            Arbitraries.integers()
                .between(0, size / 2)
                .map(overlap -> new ChunkSizes(size, overlap)));
  }

  @Property
  void aChunkIsTheSourceAtItsOffsets(
      @ForAll("texts") String text, @ForAll("sizes") ChunkSizes sizes) {
    for (ChunkDraft chunk : Cuts.cut(chunker(sizes), text)) {
      Place place = chunk.place();
      assertThat(chunk.text()).isEqualTo(text.substring((int) place.begin(), (int) place.end()));
      assertThat(place.locator())
          .isEqualTo(
              new Locator.Lines(
                  Cuts.lineAt(text, (int) place.begin()),
                  Cuts.lineAt(text, (int) place.end() - 1)));
    }
  }

  @Property
  void nothingButWhiteSpaceIsLost(@ForAll("texts") String text, @ForAll("sizes") ChunkSizes sizes) {
    int covered = 0;
    for (ChunkDraft chunk : Cuts.cut(chunker(sizes), text)) {
      int begin = (int) chunk.place().begin();
      if (begin > covered) {
        assertThat(text.substring(covered, begin).chars())
            .allMatch(c -> Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x85);
      }
      assertThat(chunk.place().end()).as("each chunk brings something new").isGreaterThan(covered);
      covered = (int) chunk.place().end();
    }
    assertThat(text.substring(covered).chars())
        .allMatch(c -> Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x85);
  }

  @Property
  void noChunkIsOverItsSizeOrRepeatsMoreThanAsked(
      @ForAll("texts") String text, @ForAll("sizes") ChunkSizes sizes) {
    long end = 0;
    for (ChunkDraft chunk : Cuts.cut(chunker(sizes), text)) {
      assertThat(chunk.text().length()).isBetween(1, sizes.size());
      assertThat(end - chunk.place().begin()).isLessThanOrEqualTo(sizes.overlap());
      end = chunk.place().end();
    }
  }

  @Property
  void noCharacterThatAReaderSeesIsCut(
      @ForAll("texts") String text, @ForAll("sizes") ChunkSizes sizes) {
    BreakIterator clusters = BreakIterator.getCharacterInstance(Locale.ROOT);
    clusters.setText(text);
    for (ChunkDraft chunk : Cuts.cut(chunker(sizes), text)) {
      assertBoundary(text, clusters, (int) chunk.place().begin(), sizes);
      assertBoundary(text, clusters, (int) chunk.place().end(), sizes);
    }
  }

  /** A cluster that is longer than a chunk has to be cut, between code points. */
  private static void assertBoundary(
      String text, BreakIterator clusters, int position, ChunkSizes sizes) {
    if (clusters.isBoundary(position)) {
      return;
    }
    int begin = clusters.preceding(position);
    int end = clusters.following(position);
    assertThat(end - begin)
        .as("length of the cluster that is cut at %s in %s", position, escape(text))
        .isGreaterThan(sizes.size() / 2);
    assertThat(
            Character.isLowSurrogate(text.charAt(position))
                && Character.isHighSurrogate(text.charAt(position - 1)))
        .as("cut inside a surrogate pair")
        .isFalse();
  }

  private static String escape(String text) {
    var out = new StringBuilder();
    text.chars().forEach(c -> out.append(c < 127 ? "" + (char) c : "\\u%04X".formatted(c)));
    return out.toString();
  }

  @Property
  void whereTheWindowsAreCutDoesNotShow(
      @ForAll("texts") String text,
      @ForAll("sizes") ChunkSizes sizes,
      @ForAll("places") List<Integer> places) {
    Chunker chunker = chunker(sizes);
    assertThat(Cuts.cut(chunker, text, places)).isEqualTo(Cuts.cut(chunker, text));
  }

  @Property
  void windowsMayBeAsSmallAsCanBe(@ForAll("texts") String text, @ForAll("sizes") ChunkSizes sizes) {
    Chunker chunker = chunker(sizes);
    List<Integer> everywhere = IntStream.range(1, Math.max(1, text.length())).boxed().toList();
    assertThat(Cuts.cut(chunker, text, everywhere)).isEqualTo(Cuts.cut(chunker, text));
  }

  @Provide
  Arbitrary<List<Integer>> places() {
    return Arbitraries.integers().between(1, 1500).list().ofMaxSize(12);
  }
}
