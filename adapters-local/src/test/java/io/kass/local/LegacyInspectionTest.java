package io.kass.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.kass.local.chroma.ChromaConfig;
import io.kass.local.embedding.EmbeddingConfig;
import io.kass.local.postgres.PostgresConfig;
import io.kass.ports.TestScopes;
import io.kass.ports.backend.Inspection;
import io.kass.ports.backend.InspectionContract;
import io.kass.ports.backend.Part;
import io.kass.ports.embedding.EmbeddingInfo;
import io.kass.ports.secret.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LegacyInspectionTest extends InspectionContract {
  private static final EmbeddingConfig VOYAGE =
      new EmbeddingConfig(
          EmbeddingConfig.Provider.VOYAGE,
          URI.create("http://localhost:1/v1?key=s3cret"),
          "voyage-2",
          new Secret("s3cret"),
          0,
          0,
          Duration.ofSeconds(1),
          Duration.ofSeconds(1));

  @TempDir private Path folder;

  @Override
  protected Inspection inspection() {
    return inspection(VOYAGE, part("one"), part("other"));
  }

  private Inspection inspection(EmbeddingConfig embedding, Inspection... servers) {
    var config =
        new LegacyConfig(
            ChromaConfig.DEFAULTS,
            PostgresConfig.DEFAULTS,
            embedding,
            folder,
            EmbeddedConfig.in(folder));
    return new LegacyInspection(
        config,
        new LinkedHashSet<>(List.of(servers)),
        new EmbeddingInfo("voyage-2", 1_024, 4_000, Set.of()));
  }

  private static Inspection part(String name) {
    return scope -> List.of(new Part(name, Map.of("address", "here"), null));
  }

  @Override
  protected List<String> parts() {
    return List.of("one", "other", "model", "documents");
  }

  @Override
  protected String secret() {
    return "s3cret";
  }

  @Test
  void looksAtServersAtTheSameTime() {
    var met = new CountDownLatch(2);
    Inspection waiting =
        scope -> {
          met.countDown();
          try {
            met.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return List.of();
        };

    List<Part> found =
        inspection(VOYAGE, waiting, scope -> waiting.look(scope)).look(TestScopes.scope());

    assertThat(found).extracting(Part::name).containsExactly("model", "documents");
  }

  @Test
  void tellsWhereTheModelRunsAndWhetherTheFolderIsThere() {
    Map<String, String> remote = facts(inspection(VOYAGE), 0);
    assertThat(remote)
        .containsEntry("provider", "voyage")
        .containsEntry("address", "http://localhost:1/v1")
        .containsEntry("dimension", "1024");
    assertThat(facts(inspection(EmbeddingConfig.DEFAULTS), 0))
        .containsEntry("provider", "this process");
    assertThat(facts(inspection(VOYAGE), 1)).containsEntry("folder", folder.toString());
    folder = folder.resolve("none");
    assertThat(facts(inspection(VOYAGE), 1)).containsEntry("folder", folder + " (not there)");
  }

  private static Map<String, String> facts(Inspection inspection, int part) {
    return inspection.look(TestScopes.scope()).get(part).facts();
  }
}
