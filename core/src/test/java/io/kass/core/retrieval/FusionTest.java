package io.kass.core.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kass.ports.assistant.Passage;
import io.kass.ports.embedding.Vector;
import io.kass.ports.index.ChunkBuilder;
import io.kass.ports.index.Hit;
import io.kass.ports.index.Legs;
import io.kass.ports.index.Sentence;
import io.kass.ports.index.StoredChunk;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class FusionTest {
  private static final Vector QUERY = Vector.of(1, 0);

  @Test
  void addsBothLegsByTheirShares() {
    StoredChunk both = chunk("both");
    StoredChunk near = chunk("near");
    StoredChunk matching = chunk("matching");
    StoredChunk far = chunk("far");
    var legs =
        new Legs(
            List.of(Hit.of(near, 0.9), Hit.of(both, 0.8), Hit.of(far, 0.5)),
            List.of(Hit.of(matching, 12), Hit.of(both, 9)),
            List.of());
    List<Passage> fused = Fusion.fuse(legs, QUERY);
    assertThat(fused).extracting(Passage::chunk).containsExactly(both, near, matching, far);
    assertThat(fused.get(0).score()).isCloseTo(0.6 * 0.75 + 0.4 * 0.75, within(1e-9));
    assertThat(fused.get(1).score()).isCloseTo(0.6, within(1e-9));
    assertThat(fused.get(2).score()).isCloseTo(0.4, within(1e-9));
    assertThat(fused.get(3).score()).isZero();
  }

  @Test
  void keywordLegAloneHasAllTheWeight() {
    var legs = new Legs(List.of(), List.of(Hit.of(chunk("a"), 7)), List.of());
    assertThat(Fusion.fuse(legs, null)).extracting(Passage::score).containsExactly(1.0);
  }

  @Test
  void vectorLegAloneHasAllTheWeight() {
    var legs = new Legs(List.of(Hit.of(chunk("a"), 0.7)), List.of(), List.of());
    assertThat(Fusion.fuse(legs, QUERY)).extracting(Passage::score).containsExactly(1.0);
  }

  @Test
  void nearSentenceLiftsItsChunk() {
    StoredChunk plain = chunk("plain");
    StoredChunk withSentence =
        new StoredChunk(
            chunk("sentence").chunk(), null, List.of(new Sentence(0, 3, Vector.of(1, 0))));
    var legs =
        new Legs(
            List.of(Hit.of(plain, 0.8), Hit.of(withSentence, 0.75), Hit.of(chunk("far"), 0.1)),
            List.of(),
            List.of());
    assertThat(Fusion.fuse(legs, QUERY).getFirst().chunk()).isEqualTo(withSentence);
  }

  @Test
  void nothingStaysNothing() {
    assertThat(Fusion.fuse(Legs.EMPTY, QUERY)).isEmpty();
  }

  @Property
  void keepsEveryChunkOnceBestFirstFromZeroToOne(
      @ForAll @Size(max = 12) List<@DoubleRange(min = -1, max = 1) Double> cosines,
      @ForAll @Size(max = 12) List<@DoubleRange(min = 0, max = 40) Double> matches) {
    var near = new ArrayList<Hit>();
    for (int i = 0; i < cosines.size(); i++) {
      near.add(Hit.of(chunk("d" + i), cosines.get(i)));
    }
    var matching = new ArrayList<Hit>();
    for (int i = 0; i < matches.size(); i++) {
      matching.add(Hit.of(chunk("d" + 2 * i), matches.get(i)));
    }
    List<Passage> fused = Fusion.fuse(new Legs(near, matching, List.of()), QUERY);
    assertThat(fused).extracting(passage -> passage.chunk().key()).doesNotHaveDuplicates();
    assertThat(fused.size()).isBetween(Math.max(near.size(), matching.size()), 24);
    assertThat(fused).allMatch(passage -> passage.score() >= 0 && passage.score() <= 1);
    assertThat(fused).isSortedAccordingTo((a, b) -> Double.compare(b.score(), a.score()));
  }

  private static StoredChunk chunk(String document) {
    return ChunkBuilder.chunk(document, "text of " + document).build();
  }
}
