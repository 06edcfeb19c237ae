package io.kass.local.chroma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import io.kass.ports.TestScopes;
import io.kass.ports.backend.BackendContext;
import io.kass.ports.backend.Closer;
import io.kass.ports.config.ConfigSection;
import io.kass.ports.embedding.EmbeddingInfo;
import io.kass.ports.error.KassException.Misconfigured;
import io.kass.ports.error.KassException.Rejected;
import io.kass.ports.error.KassException.Unavailable;
import io.kass.ports.index.ChunkBuilder;
import io.kass.ports.index.ChunkIndex;
import io.kass.ports.index.IndexDescription;
import io.kass.ports.index.Metric;
import io.kass.ports.index.StoredChunk;
import io.kass.ports.ledger.InMemoryLedger;
import io.kass.ports.ledger.Ledger;
import io.kass.ports.telemetry.Telemetry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChromaConfigTest {
  @TempDir private Path data;

  @Test
  void isTheCollectionOfTheLegacyDeploymentByDefault() {
    assertThat(ChromaConfig.DEFAULTS)
        .isEqualTo(
            new ChromaConfig(
                "localhost",
                8000,
                false,
                "default_tenant",
                "default_database",
                "chatbot_knowledge",
                false,
                "",
                Duration.ofSeconds(5),
                Duration.ofSeconds(30)));
    assertThat(ChromaConfig.DEFAULTS.address()).isEqualTo("http://localhost:8000");
  }

  @Test
  void readsEachKey() {
    var section =
        new ConfigSection(
            "chroma",
            Map.of(
                "host", "::1",
                "port", "8001",
                "tls", "true",
                "tenant", "t",
                "database", "d",
                "collection", "c",
                "create", "true",
                "space", "ip",
                "connect-timeout", "1s",
                "timeout", "250ms"));

    ChromaConfig config = section.over(ChromaConfig.DEFAULTS);

    assertThat(config)
        .isEqualTo(
            new ChromaConfig(
                "::1",
                8001,
                true,
                "t",
                "d",
                "c",
                true,
                "ip",
                Duration.ofSeconds(1),
                Duration.ofMillis(250)));
    assertThat(config.address()).isEqualTo("https://[::1]:8001");
  }

  @ParameterizedTest
  @CsvSource({
    "host, http://chromadb, CHROMADB_HOST",
    "host, chromadb/x, CHROMADB_HOST",
    "port, 0, CHROMADB_PORT",
    "port, 65536, CHROMADB_PORT",
    "collection, ' ', CHROMADB_COLLECTION",
    "tenant, ' ', tenant",
    "space, euclid, 'l2'",
    "timeout, 0s, timeout",
    "connect-timeout, 0s, connect-timeout"
  })
  void refusesWhatCannotBe(String key, String value, String inMessage) {
    var section = new ConfigSection("chroma", Map.of(key, value));

    assertThatThrownBy(() -> section.over(ChromaConfig.DEFAULTS))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining(inMessage.replace("'", ""));
  }

  @Test
  void bindsAnIndexThatAsksNothingBeforeItsFirstUse() {
    try (var server = new WireServer(new ChromaV1(100))) {
      Map<String, String> settings =
          Map.of(
              "host", "127.0.0.1",
              "port", Integer.toString(server.port()),
              "create", "true",
              "space", "ip");
      StoredChunk chunk = ChunkBuilder.chunk("a", "tea").vector(1, 0, 0).build();
      ChunkIndex index;
      try (var closer = new Closer()) {
        index = index(settings, false, closer);
        assertThat(server.requests()).isEmpty();

        index.put(TestScopes.scope(), List.of(chunk));

        IndexDescription description = index.description();
        assertThat(description.metric()).isEqualTo(Metric.DOT_PRODUCT);
        assertThat(description.model()).isEqualTo("model");
        assertThat(description.chunker()).isEqualTo("chunker");
        ChunkIndex reading = index(settings, true, closer);
        assertThat(reading.description().chunks()).isEqualTo(1);
        assertThatThrownBy(() -> reading.delete(TestScopes.scope(), Set.of(chunk.key())))
            .isInstanceOf(Rejected.class);
        assertThatThrownBy(() -> reading.claim(TestScopes.scope())).isInstanceOf(Rejected.class);
      }
      assertThatThrownBy(index::description).isInstanceOf(Unavailable.class);
    }
  }

  private ChunkIndex index(Map<String, String> settings, boolean readOnly, Closer closer) {
    var context =
        new BackendContext(InstantSource.system(), Telemetry.none(), data, "chunker", readOnly);
    return Guice.createInjector(
            new AbstractModule() {
              @Override
              protected void configure() {
                binder().requireExplicitBindings();
                bind(Closer.class).toInstance(closer);
                bind(Ledger.class).toInstance(new InMemoryLedger(InstantSource.system()));
                bind(EmbeddingInfo.class).toInstance(new EmbeddingInfo("model", 3, 512, Set.of()));
                install(
                    new ChromaModule(
                        new ConfigSection("chroma", settings).over(ChromaConfig.DEFAULTS),
                        context));
              }
            })
        .getInstance(ChunkIndex.class);
  }
}
