package io.kass.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kass.ports.error.KassException.Misconfigured;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a legacy deployment has in its environment, and what becomes of it. */
class LegacyVariablesTest {
  private static final Set<String> SECTIONS = Set.of("answers", "chat", "legacy");

  @TempDir Path home;

  @Test
  void theServersOfTheDeploymentAreUnderstood() {
    Map<String, String> legacy =
        read(
                "CHROMADB_HOST", "chromadb",
                "CHROMADB_PORT", "8001",
                "CHROMADB_COLLECTION", "other",
                "POSTGRES_HOST", "db",
                "POSTGRES_PORT", "5433",
                "POSTGRES_DB", "bot",
                "POSTGRES_USER", "me",
                "POSTGRES_PASSWORD", " p@ss:w/rd%41 ")
            .section("legacy")
            .values();

    assertThat(legacy)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "chroma-host", "chromadb",
                "chroma-port", "8001",
                "chroma-collection", "other",
                "postgres-host", "db",
                "postgres-port", "5433",
                "postgres-database", "bot",
                "postgres-user", "me",
                "postgres-password", " p@ss:w/rd%41 "));
  }

  @Test
  void whatIsSetToNothingIsNotSet() {
    assertThat(read("CHROMADB_HOST", "", "LLM_PROVIDER", "").section("legacy").values()).isEmpty();
  }

  @Test
  void anAddressOfADatabaseIsTakenApartAndSingleVariablesOverruleIt() {
    Map<String, String> legacy =
        read(
                "DATABASE_URL",
                "postgresql+asyncpg://m%65:p%40ss%3Aw+rd@db.example:5433/bot?ssl=true",
                "POSTGRES_DB",
                "other")
            .section("legacy")
            .values();

    assertThat(legacy)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "postgres-host", "db.example",
                "postgres-port", "5433",
                "postgres-database", "other",
                "postgres-user", "me",
                "postgres-password", "p@ss:w+rd"));
    assertThat(read("DATABASE_URL", "sqlite:///chat.db").section("legacy").values()).isEmpty();
    assertThatThrownBy(() -> read("DATABASE_URL", "postgres://me:s3 cret@db/bot"))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining("DATABASE_URL")
        .message()
        .doesNotContain("s3 cret");
  }

  @Test
  void theModelOfTheCollectionIsTheProviders() {
    KassConfig gemini =
        read(
            "EMBEDDING_PROVIDER", "gemini",
            "GEMINI_EMBED_API_KEY", "g-key",
            "GEMINI_EMBED_MODEL", "gemini-embedding-001",
            "EMBED_API_KEY", "v-key");
    assertThat(gemini.section("legacy").values())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "embedding-provider", "gemini",
                "embedding-key", "g-key",
                "embedding-model", "gemini-embedding-001"));
    assertThat(gemini.origins())
        .containsEntry("legacy.embedding-provider", "EMBEDDING_PROVIDER")
        .containsEntry("legacy.embedding-key", "GEMINI_EMBED_API_KEY");

    KassConfig voyage = read("EMBED_API_KEY", "v-key", "EMBED_MODEL", "voyage-2");
    assertThat(voyage.section("legacy").values())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "embedding-provider", "voyage",
                "embedding-key", "v-key",
                "embedding-model", "voyage-2"));
    assertThat(voyage.origins()).containsEntry("legacy.embedding-provider", "EMBED_API_KEY");
  }

  @Test
  void theLanguageModelIsTheProviders() {
    KassConfig groq =
        read(
            "LLM_PROVIDER", "groq",
            "GROQ_API_KEY", "q-key",
            "GROQ_MODEL", "llama",
            "GROQ_MAX_TOKENS", "500",
            "GROQ_TEMPERATURE", "0.2",
            "GEMINI_API_KEY", "g-key",
            "GEMINI_MODEL", "gemini");
    assertThat(groq.section("chat").values())
        .containsEntry("provider", "groq")
        .containsEntry("key", "q-key")
        .containsEntry("model", "llama");
    assertThat(groq.section("answers").values())
        .isEqualTo(Map.of("output-tokens", "500", "temperature", "0.2"));
    assertThat(groq.origins())
        .containsEntry("chat.provider", "LLM_PROVIDER")
        .containsEntry("chat.key", "GROQ_API_KEY");

    assertThat(read("GEMINI_API_KEY", "g", "GEMINI_MODEL", "m").section("chat").values())
        .containsEntry("provider", "gemini");
    assertThatThrownBy(() -> read("LLM_PROVIDER", "gemini", "GEMINI_API_KEY", "k"))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining("GEMINI_MODEL");
    assertThatThrownBy(() -> read("LLM_PROVIDER", "bard"))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContainingAll("bard", "gemini or groq");
  }

  @Test
  void whatIsSetInOurWayWins() {
    KassConfig config =
        read(
            "CHROMADB_HOST", "theirs",
            "CHROMADB_PORT", "1",
            "KASS_LEGACY_CHROMA_HOST", "ours");

    assertThat(config.section("legacy").values())
        .containsEntry("chroma-host", "ours")
        .containsEntry("chroma-port", "1");
    assertThat(config.origins())
        .containsEntry("legacy.chroma-host", "KASS_LEGACY_CHROMA_HOST")
        .containsEntry("legacy.chroma-port", "CHROMADB_PORT");
  }

  @Test
  void aKeyIsNotSentToAServerThatItIsNotFor() {
    KassConfig config =
        read(
            "LLM_PROVIDER", "gemini",
            "GEMINI_API_KEY", "secret",
            "GEMINI_MODEL", "m",
            "KASS_CHAT_URL", "http://localhost:1234/v1",
            "EMBED_API_KEY", "secret",
            "KASS_LEGACY_EMBEDDING_URL", "http://localhost:1234/v1");

    assertThat(config.section("chat").values())
        .isEqualTo(Map.of("url", "http://localhost:1234/v1"));
    assertThat(config.section("legacy").values())
        .isEqualTo(Map.of("embedding-url", "http://localhost:1234/v1"));
  }

  @Test
  void otherBackendsDoNotReadThem() {
    var environment = Map.of("CHROMADB_HOST", "theirs", "GEMINI_API_KEY", "k", "GEMINI_MODEL", "m");
    KassConfig config = KassConfig.load(Flags.NONE, SECTIONS, environment, home, home);

    assertThat(config.section("legacy").values()).isEmpty();
    assertThat(config.section("chat").values()).isEmpty();
  }

  @Test
  void theBackendIsChosenByAFlagOrAVariable() {
    var flags = new Flags(null, null, null, "legacy", List.of());
    KassConfig config =
        KassConfig.load(
            flags, SECTIONS, Map.of("KASS_BACKEND", "embedded", "CHROMADB_HOST", "h"), home, home);

    assertThat(config.backend().name()).isEqualTo("legacy");
    assertThat(config.origins()).containsEntry("backend.name", "--backend");
    assertThat(config.section("legacy").values()).containsEntry("chroma-host", "h");
    assertThat(read().origins()).isEqualTo(Map.of("backend.name", "KASS_BACKEND"));
  }

  private KassConfig read(String... variables) {
    var environment = new HashMap<>(Map.of("KASS_BACKEND", "legacy"));
    for (int i = 0; i < variables.length; i += 2) {
      environment.put(variables[i], variables[i + 1]);
    }
    return KassConfig.load(Flags.NONE, SECTIONS, environment, home, home);
  }
}
