package io.kass.local.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kass.ports.config.ConfigSection;
import io.kass.ports.error.KassException.Misconfigured;
import io.kass.ports.secret.Secret;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresConfigTest {
  @Test
  void hasDefaults() {
    assertThat(ConfigSection.empty("postgres").over(PostgresConfig.DEFAULTS))
        .isEqualTo(
            new PostgresConfig(
                "localhost",
                5432,
                "chatbot",
                "chatbot",
                Secret.NONE,
                ZoneOffset.UTC,
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                4));
  }

  @Test
  void readsEverySetting() {
    var section =
        new ConfigSection(
            "postgres",
            Map.of(
                "host", "db.example",
                "port", "5433",
                "database", "talks",
                "user", "bot",
                "password", "p@ss 'w",
                "zone", "Asia/Tokyo",
                "connect-timeout", "2s",
                "timeout", "1m",
                "connections", "8"));
    PostgresConfig config = section.over(PostgresConfig.DEFAULTS);
    assertThat(config)
        .isEqualTo(
            new PostgresConfig(
                "db.example",
                5433,
                "talks",
                "bot",
                new Secret("p@ss 'w"),
                ZoneId.of("Asia/Tokyo"),
                Duration.ofSeconds(2),
                Duration.ofMinutes(1),
                8));
    assertThat(config.toString()).doesNotContain("p@ss");
  }

  @ParameterizedTest
  @CsvSource({
    "host, ' ', POSTGRES_HOST",
    "port, 0, POSTGRES_PORT",
    "port, 65536, POSTGRES_PORT",
    "database, '', POSTGRES_DB",
    "user, '', POSTGRES_USER",
    "connect-timeout, 999ms, connect-timeout",
    "timeout, 2h, timeout",
    "connections, 0, connections",
    "connections, 65, connections"
  })
  void refusesWhatDoesNotFit(String key, String value, String named) {
    var section = new ConfigSection("postgres", Map.of(key, value));
    assertThatThrownBy(() -> section.over(PostgresConfig.DEFAULTS))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining(named);
  }
}
