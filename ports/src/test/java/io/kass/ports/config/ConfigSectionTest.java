package io.kass.ports.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kass.ports.error.KassException.Misconfigured;
import io.kass.ports.secret.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigSectionTest {
  private enum Kind {
    PLAIN,
    VERY_FANCY
  }

  private record Everything(
      String text,
      int number,
      double share,
      boolean wanted,
      Duration time,
      Path path,
      URI address,
      ZoneId zone,
      Kind kind,
      List<String> names) {}

  private record Hidden(Secret key, URI address) {}

  private static final Everything DEFAULTS =
      new Everything(
          "",
          0,
          0,
          false,
          Duration.ZERO,
          Path.of(""),
          URI.create(""),
          ZoneId.of("UTC"),
          Kind.PLAIN,
          List.of());

  @Test
  void whatARecordIsWrittenAsReadsAsTheSameRecord() {
    var record =
        new Everything(
            "a b",
            -3,
            0.25,
            true,
            Duration.ofMillis(1250),
            Path.of("/tmp/x"),
            URI.create("http://localhost:1/v1"),
            ZoneId.of("Asia/Tokyo"),
            Kind.VERY_FANCY,
            List.of("a", "b"));

    assertThat(ConfigSection.of("some", record).over(DEFAULTS)).isEqualTo(record);
    assertThat(ConfigSection.of("some", DEFAULTS).over(record)).isEqualTo(DEFAULTS);
  }

  @Test
  void secretsAreNotWritten() {
    var hidden =
        new Hidden(new Secret("s3cret"), URI.create("https://me:s3cret@host/v1?key=s3cret#s3cret"));

    assertThat(ConfigSection.of("some", hidden).values())
        .isEqualTo(Map.of("key", "****", "address", "https://host/v1"));
  }

  private record Server(String host, int port, Secret key) {}

  private record Whole(Server first, Server other, boolean wanted) {}

  @Test
  void aRecordWithinARecordHasKeysThatBeginWithItsOwn() {
    var defaults =
        new Whole(new Server("a", 1, Secret.NONE), new Server("b", 2, Secret.NONE), true);
    var section = new ConfigSection("some", Map.of("other-port", " 3 ", "first-key", " s3cret "));

    Whole read = section.over(defaults);

    assertThat(read)
        .isEqualTo(
            new Whole(
                new Server("a", 1, new Secret(" s3cret ")), new Server("b", 3, Secret.NONE), true));
    assertThat(ConfigSection.of("some", read).values())
        .containsEntry("other-port", "3")
        .containsEntry("first-key", "****")
        .containsEntry("wanted", "true")
        .hasSize(7);
  }

  @Test
  void whatDoesNotFitWithinARecordIsToldByItsWholeName() {
    var defaults =
        new Whole(new Server("a", 1, Secret.NONE), new Server("b", 2, Secret.NONE), true);

    assertThatThrownBy(() -> new ConfigSection("some", Map.of("other-port", "x")).over(defaults))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining("'other-port'");
    assertThatThrownBy(() -> new ConfigSection("some", Map.of("othr-port", "1")).over(defaults))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining("'other-port'");
    assertThatThrownBy(() -> new ConfigSection("some", Map.of("other", "1")).over(defaults))
        .isInstanceOf(Misconfigured.class);
  }
}
