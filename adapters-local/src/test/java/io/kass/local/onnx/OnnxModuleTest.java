package io.kass.local.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Injector;
import io.kass.ports.TestScopes;
import io.kass.ports.backend.Closer;
import io.kass.ports.embedding.EmbeddingModel;
import io.kass.ports.embedding.Purpose;
import io.kass.ports.error.KassException.Misconfigured;
import io.kass.ports.error.KassException.Unavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxModuleTest {
  @TempDir private Path directory;

  @Test
  void bindsAModelThatTheBackendCloses() {
    var closer = new Closer();
    Injector injector = injector(closer, OnnxConfig.defaults(Fixtures.assets()));
    EmbeddingModel model = injector.getInstance(EmbeddingModel.class);

    assertThat(injector.getInstance(EmbeddingModel.class)).isSameAs(model);
    assertThat(model.embed(TestScopes.scope(), Purpose.QUERY, List.of("Where?"))).hasSize(1);
    closer.close();
    assertThatThrownBy(() -> model.embed(TestScopes.scope(), Purpose.QUERY, List.of("Where?")))
        .isInstanceOf(Unavailable.class);
  }

  @Test
  void saysWhereItCannotPrepare() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");

    assertThatThrownBy(() -> OnnxModule.prepare(file))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining(file.toString());
  }

  private static Injector injector(Closer closer, OnnxConfig config) {
    return Guice.createInjector(
        new OnnxModule(),
        new AbstractModule() {
          @Override
          protected void configure() {
            binder().requireExplicitBindings();
            binder().disableCircularProxies();
            bind(OnnxConfig.class).toInstance(config);
            bind(InstantSource.class).toInstance(InstantSource.system());
            bind(Closer.class).toInstance(closer);
          }
        });
  }
}
