package io.kass.core.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.kass.ports.document.DocumentId;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class RankingTest {
  @Test
  void recallIsTheShareOfRelevantDocumentsThatWereFoundInTime() {
    var ranking = new Ranking(3, List.of(1, 5));

    assertThat(ranking.recallAt(1)).isEqualTo(1 / 3.0);
    assertThat(ranking.recallAt(4)).isEqualTo(1 / 3.0);
    assertThat(ranking.recallAt(5)).isEqualTo(2 / 3.0);
  }

  @Test
  void reciprocalRankLooksAtTheFirstRelevantDocumentOnly() {
    assertThat(new Ranking(2, List.of(4, 5)).reciprocalRankAt(10)).isEqualTo(0.25);
    assertThat(new Ranking(2, List.of(11)).reciprocalRankAt(10)).isZero();
    assertThat(new Ranking(2, List.of()).reciprocalRankAt(10)).isZero();
  }

  @Test
  void gainIsDiscountedByTheLogarithmOfTheRank() {
    // 1/log2(2) + 1/log2(4) = 1.5 of at most 1/log2(2) + 1/log2(3) = 1.63093
    assertThat(new Ranking(2, List.of(1, 3)).ndcgAt(10)).isCloseTo(0.919721, within(1e-6));
    // 1/log2(11) = 0.289065 of at most 1
    assertThat(new Ranking(1, List.of(10)).ndcgAt(10)).isCloseTo(0.289065, within(1e-6));
    // Ten of twelve in the first ten places: nothing better could be had.
    assertThat(new Ranking(12, List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10)).ndcgAt(10)).isEqualTo(1);
  }

  @Test
  void countsDocumentsAndNotTheirPassages() {
    var found = ids("/d/a.md", "/d/a.md", "/d/b.md", "/d/a.md", "/d/c.md");

    assertThat(Ranking.of(found, List.of("/d/b.md", "c.md")).ranks()).containsExactly(2, 3);
  }

  @Test
  void aPathEndNamesADocumentOnlyAtASlash() {
    var document = new DocumentId("/home/me/guide/setup.md");

    assertThat(Ranking.names("guide/setup.md", document)).isTrue();
    assertThat(Ranking.names("/home/me/guide/setup.md", document)).isTrue();
    assertThat(Ranking.names("up.md", document)).isFalse();
    assertThat(Ranking.names("setup", document)).isFalse();
  }

  @Test
  void eachRelevantNameIsFoundOnce() {
    var found = ids("/a/setup.md", "/b/setup.md");

    assertThat(Ranking.of(found, List.of("setup.md")).ranks()).containsExactly(1);
    assertThat(Ranking.of(found, List.of("setup.md", "setup.md")).relevant()).isEqualTo(1);
  }

  @Test
  void refusesRanksThatCannotBe() {
    assertThatThrownBy(() -> new Ranking(0, List.of())).hasMessageContaining("0 of 0");
    assertThatThrownBy(() -> new Ranking(1, List.of(1, 2))).hasMessageContaining("2 of 1");
    assertThatThrownBy(() -> new Ranking(2, List.of(2, 2))).hasMessageContaining("ascending");
    assertThatThrownBy(() -> new Ranking(2, List.of(0))).hasMessageContaining("ascending");
  }

  @Property
  void everyMetricLiesBetweenZeroAndOne(@ForAll("rankings") Ranking ranking) {
    for (int k : new int[] {1, 5, 10}) {
      assertThat(ranking.recallAt(k)).isBetween(0.0, 1.0);
      assertThat(ranking.reciprocalRankAt(k)).isBetween(0.0, 1.0);
      assertThat(ranking.ndcgAt(k)).isBetween(0.0, 1.0 + 1e-12);
    }
  }

  @Property
  void metricsNeverFallWhenADocumentRises(@ForAll("rankings") Ranking ranking) {
    var risen = new TreeSet<Integer>();
    for (int rank : ranking.ranks()) {
      risen.add(rank > 1 && !risen.contains(rank - 1) ? rank - 1 : rank);
    }
    var better = new Ranking(ranking.relevant(), List.copyOf(risen));

    assertThat(better.recallAt(5)).isGreaterThanOrEqualTo(ranking.recallAt(5));
    assertThat(better.reciprocalRankAt(10)).isGreaterThanOrEqualTo(ranking.reciprocalRankAt(10));
    assertThat(better.ndcgAt(10)).isGreaterThanOrEqualTo(ranking.ndcgAt(10));
  }

  @Provide
  Arbitrary<Ranking> rankings() {
    return Arbitraries.integers()
        .between(1, 40)
        .set()
        .ofMaxSize(12)
        .flatMap(ranks ->
            Arbitraries.integers()
                .between(Math.max(1, ranks.size()), ranks.size() + 5)
                .map(relevant -> new Ranking(relevant, ranks.stream().sorted().toList())));
  }

  private static List<DocumentId> ids(String... values) {
    return Stream.of(values).map(DocumentId::new).toList();
  }
}
