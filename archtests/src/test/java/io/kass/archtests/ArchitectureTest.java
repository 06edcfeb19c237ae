package io.kass.archtests;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The house keeps its rules, and each rule bites. */
class ArchitectureTest {
  @ParameterizedTest(name = "{0}")
  @MethodSource("rules")
  void houseKeeps(ArchRule rule) {
    rule.allowEmptyShould(false).check(House.MAIN);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("fixtures")
  void rejectsItsFixture(String fixture, ArchRule rule) {
    assertThatThrownBy(() -> rule.check(House.fixture(fixture)))
        .as("the rule must reject the fixture '%s'", fixture)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("fixtures." + fixture);
  }

  static Stream<ArchRule> rules() {
    return new Rules("io.kass").all().stream();
  }

  static Stream<Arguments> fixtures() {
    return Stream.of(
        Arguments.of("layers", rules("layers").layers()),
        Arguments.of("neighbours", rules("neighbours").layers()),
        Arguments.of("outside", rules("outside").layers()),
        Arguments.of("cycle", rules("cycle").noCycles()),
        Arguments.of("framework", rules("framework").bareInside()),
        Arguments.of("files", rules("files").noInputOutputInCore()),
        Arguments.of("clock", rules("clock").clockOnlyInItsRoom()),
        Arguments.of("exit", rules("exit").exitOnlyInItsRoom()),
        Arguments.of("environment", rules("environment").environmentOnlyInItsRoom()),
        Arguments.of("exposed", rules("exposed").publicOnlyWhereMeant()),
        Arguments.of("printing", rules("printing").noStandardStreamsInside()));
  }

  private static Rules rules(String fixture) {
    return new Rules("fixtures." + fixture);
  }
}
