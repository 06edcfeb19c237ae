package io.kass.ports.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.kass.ports.TestScopes;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every inspection does: it tells of each part, whatever the part is like. */
public abstract class InspectionContract {
  /** One of parts that are well. */
  protected abstract Inspection inspection();

  /** The names of its parts. */
  protected abstract List<String> parts();

  /** What must not be shown; a text that is nowhere where there is none. */
  protected abstract String secret();

  @Test
  void tellsOfEachPart() {
    List<Part> found = inspection().look(TestScopes.scope());

    assertThat(found).extracting(Part::name).containsExactlyElementsOf(parts());
    assertThat(found)
        .allSatisfy(part -> {
          assertThat(part.failure()).isNull();
          assertThat(part.facts()).isNotEmpty();
        });
  }

  @Test
  void tellsTheSameAgain() {
    Inspection inspection = inspection();
    List<Part> before = inspection.look(TestScopes.scope());

    assertThat(inspection.look(TestScopes.scope())).isEqualTo(before);
  }

  @Test
  void tellsOfEachPartWhenThereIsNoTimeForIt() {
    assertThat(inspection().look(TestScopes.expired()))
        .extracting(Part::name)
        .containsExactlyElementsOf(parts());
    assertThat(inspection().look(TestScopes.cancelled()))
        .extracting(Part::name)
        .containsExactlyElementsOf(parts());
  }

  @Test
  void showsNoSecret() {
    assertThat(inspection().look(TestScopes.scope()).toString()).doesNotContain(secret());
  }
}
