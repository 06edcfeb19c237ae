package io.kass.local.chroma;

import io.kass.devservices.ChromaServer;
import io.kass.devservices.Installations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests a real server, one for all of them. */
final class ChromaExtension implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(ChromaExtension.class);

  /** A server and its data, both gone at the end of all tests. */
  private record Shared(ChromaServer server, Path data) implements AutoCloseable {
    static Shared start() {
      try {
        Path data = Files.createTempDirectory("chroma");
        return new Shared(ChromaServer.start(Installations.ofUser(), data, 0), data);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() throws IOException {
      server.close();
      try (Stream<Path> paths = Files.walk(data)) {
        for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == ChromaServer.class;
  }

  @Override
  public ChromaServer resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent("server", key -> Shared.start(), Shared.class)
        .server();
  }
}
