package io.kass.local.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Times without a zone. */
class WallTimeTest {
  private static final WallTime UTC = new WallTime(ZoneOffset.UTC);
  private static final WallTime BERLIN = new WallTime(ZoneId.of("Europe/Berlin"));

  @Test
  @Tag("F26")
  void readsAndWritesTheDeclaredZone() {
    Instant noon = Instant.parse("2026-07-01T12:00:00.000001Z");
    assertThat(UTC.time(noon)).isEqualTo("2026-07-01T12:00:00.000001");
    assertThat(BERLIN.time(noon)).isEqualTo("2026-07-01T14:00:00.000001");
    assertThat(BERLIN.instant(BERLIN.time(noon))).isEqualTo(noon);
  }

  @Test
  @Tag("M12")
  void readsATimeThatNeverCameAsTheMomentOfTheJump() {
    LocalDateTime skipped = LocalDateTime.parse("2026-03-29T02:30:00");
    assertThat(BERLIN.isSkipped(skipped)).isTrue();
    assertThat(BERLIN.instant(skipped)).isEqualTo("2026-03-29T01:00:00Z");
    assertThat(UTC.isSkipped(skipped)).isFalse();
  }

  @Test
  @Tag("M12")
  void readsATimeThatCameTwiceAsTheFirst() {
    assertThat(BERLIN.instant(LocalDateTime.parse("2026-10-25T02:30:00")))
        .isEqualTo("2026-10-25T00:30:00Z");
  }

  @Property
  void keepsTheOrderOfTheWall(@ForAll("times") LocalDateTime a, @ForAll("times") LocalDateTime b) {
    LocalDateTime earlier = a.isBefore(b) ? a : b;
    LocalDateTime later = a.isBefore(b) ? b : a;
    assertThat(BERLIN.instant(earlier)).isBeforeOrEqualTo(BERLIN.instant(later));
    assertThat(UTC.time(UTC.instant(a))).isEqualTo(a);
  }

  /** Most of them near to the two changes of a year. */
  @Provide
  Arbitrary<LocalDateTime> times() {
    return Arbitraries.of("2026-03-29T00:00", "2026-10-25T00:00", "2026-07-01T00:00")
        .map(LocalDateTime::parse)
        .flatMap(day ->
            Arbitraries.longs()
                .between(0, 5L * 3_600 * 1_000_000)
                .map(micros -> day.plus(micros, ChronoUnit.MICROS)));
  }
}
