package io.kass.local.lucene;

import static io.kass.ports.index.ChunkBuilder.chunk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Injector;
import io.kass.ports.TestScopes;
import io.kass.ports.backend.BackendContext;
import io.kass.ports.backend.Closer;
import io.kass.ports.config.ConfigSection;
import io.kass.ports.embedding.EmbeddingInfo;
import io.kass.ports.error.KassException.Misconfigured;
import io.kass.ports.error.KassException.Rejected;
import io.kass.ports.error.KassException.Unavailable;
import io.kass.ports.index.ChunkIndex;
import io.kass.ports.telemetry.Telemetry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LuceneModuleTest {
  @TempDir private Path data;
  private final Closer closer = new Closer();

  @Test
  void bindsAnIndexInTheDataDirectory() {
    ChunkIndex index = index("model", Map.of(), false);
    assertThat(data.resolve("index")).doesNotExist();

    index.put(TestScopes.scope(), List.of(chunk("a", "tea").build()));

    assertThat(data.resolve("index")).isDirectory();
    assertThat(index.description().chunks()).isEqualTo(1);
    assertThat(index.description().model()).isEqualTo("model");
    assertThat(index.description().chunker()).isEqualTo("chunker");
    closer.close();
    assertThatThrownBy(index::description).isInstanceOf(Unavailable.class);
  }

  @Test
  void readsItsSection() {
    ChunkIndex index =
        index("model", Map.of("directory", data.resolve("elsewhere").toString()), false);

    index.put(TestScopes.scope(), List.of(chunk("a", "tea").build()));

    assertThat(data.resolve("elsewhere")).isDirectory();
    closer.close();
    assertThatThrownBy(() -> index("model", Map.of("exact-limits", "3"), false))
        .isInstanceOf(Misconfigured.class)
        .hasMessage(
            "Unknown setting 'exact-limits' in section 'index'. Did you mean 'exact-limit'?");
  }

  @Test
  void makesNothingWhenItIsOnlyRead() throws Exception {
    Path before = Files.createDirectories(data.resolve("empty"));
    ChunkIndex index = index("model", Map.of("directory", before.toString()), true);

    assertThat(index.description().chunks()).isZero();
    assertThat(index.get(TestScopes.scope(), Set.of(chunk("a", "x").build().key()))).isEmpty();

    try (var files = Files.list(before)) {
      assertThat(files).isEmpty();
    }
    closer.close();
  }

  @Test
  void refusesToWriteWhenItIsForReading() {
    index("model", Map.of(), false).put(TestScopes.scope(), List.of(chunk("a", "tea").build()));
    ChunkIndex index = index("model", Map.of(), true);

    assertThatThrownBy(() -> index.put(TestScopes.scope(), List.of())).isInstanceOf(Rejected.class);
    assertThatThrownBy(() -> index.delete(TestScopes.scope(), Set.of()))
        .isInstanceOf(Rejected.class);
    assertThatThrownBy(() -> index.remove(TestScopes.scope(), TestIndex.stamp("a", "1")))
        .isInstanceOf(Rejected.class);
    assertThatThrownBy(() -> index.replace(TestScopes.scope(), TestIndex.stamp("a", "1")))
        .isInstanceOf(Rejected.class);
    assertThat(index.description().chunks()).isEqualTo(1);
    closer.close();
  }

  @Test
  void tellsHowToRebuildForAnotherModel() {
    index("model", Map.of(), false).put(TestScopes.scope(), List.of(chunk("a", "tea").build()));
    ChunkIndex other = index("other", Map.of(), false);

    assertThatThrownBy(other::description)
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining("'model'")
        .hasMessageContaining("'other'")
        .hasMessageContaining("kass ingest --rebuild");
    assertThatThrownBy(() -> other.put(TestScopes.scope(), List.of(chunk("b", "x").build())))
        .isInstanceOf(Misconfigured.class);
    closer.close();
  }

  @Test
  void leavesNoThreadBehind() {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    ChunkIndex index = index("model", Map.of(), false);
    for (int i = 0; i < 40; i++) {
      index.put(TestScopes.scope(), List.of(chunk("a", "tea " + i).build()));
    }

    closer.close();

    assertThat(
            Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread))
                .filter(thread -> thread.getName().matches(".*(Lucene|kass).*"))
                .collect(Collectors.toSet()))
        .isEmpty();
  }

  private ChunkIndex index(String model, Map<String, String> settings, boolean readOnly) {
    var context =
        new BackendContext(InstantSource.system(), Telemetry.none(), data, "chunker", readOnly);
    LuceneConfig config = new ConfigSection("index", settings).over(LuceneConfig.DEFAULTS);
    Injector injector =
        Guice.createInjector(
            new AbstractModule() {
              @Override
              protected void configure() {
                binder().requireExplicitBindings();
                bind(Closer.class).toInstance(closer);
                bind(EmbeddingInfo.class)
                    .toInstance(new EmbeddingInfo(model, TestIndex.DIMENSION, 100, Set.of()));
                install(new LuceneModule(config, context));
              }
            });
    return injector.getInstance(ChunkIndex.class);
  }
}
