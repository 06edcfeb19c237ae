package io.kass.core.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import io.kass.ports.index.Legs.QueryTerm;
import java.util.List;
import org.junit.jupiter.api.Test;

class NamesTest {
  private static final List<QueryTerm> TERMS =
      List.of(
          QueryTerm.of("restart", 4, 100),
          QueryTerm.of("postgresql", 0, 100),
          QueryTerm.of("databas", 0, 100),
          QueryTerm.of("npm", 50, 100));

  @Test
  void aNameThatStandsNowhereIsStrange() {
    assertThat(Names.strange("How do I restart PostgreSQL?", TERMS)).isTrue();
    assertThat(Names.strange("  How do I restart the Databases?", TERMS)).isTrue();
  }

  @Test
  void otherWordsAreNot() {
    assertThat(Names.strange("How do I restart NPM?", TERMS)).isFalse();
    assertThat(Names.strange("how do I restart postgresql?", TERMS)).isFalse();
    assertThat(Names.strange("Databases: how do they restart?", TERMS)).isFalse();
    assertThat(Names.strange("", List.of())).isFalse();
  }
}
