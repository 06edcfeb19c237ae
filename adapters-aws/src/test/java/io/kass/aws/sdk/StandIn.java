package io.kass.aws.sdk;

import io.kass.devservices.Installations;
import io.kass.devservices.MotoServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** The services on this machine: one server a run, empty for each test. */
public final class StandIn implements AutoCloseable {
  /** Credentials that the stand-in takes, as it takes any. */
  public static final StaticCredentialsProvider CREDENTIALS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIATEST", "secret"));

  private final Path data;
  private final MotoServer server;

  private StandIn() {
    try {
      data = Files.createTempDirectory("kass-moto");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server = MotoServer.start(Installations.ofUser(), data, 0);
  }

  /** Gives the server to tests. */
  public static final class Extension implements BeforeEachCallback, ParameterResolver {
    @Override
    public void beforeEach(ExtensionContext context) {
      shared(context).server.reset();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == StandIn.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return shared(context);
    }

    private static StandIn shared(ExtensionContext context) {
      return context
          .getRoot()
          .getStore(Namespace.GLOBAL)
          .computeIfAbsent(StandIn.class, type -> new StandIn(), StandIn.class);
    }
  }

  /** Where it listens. */
  public URI endpoint() {
    return server.endpoint();
  }

  /** A connection to it. */
  public AwsConnection connect(InstantSource clock) {
    return connect(endpoint(), clock);
  }

  /** A connection to what stands before it. */
  public static AwsConnection connect(URI endpoint, InstantSource clock) {
    return new AwsConnection(config(endpoint), CREDENTIALS, clock, new Random());
  }

  /** Settings for tests: impatient. */
  public static AwsConfig config(URI endpoint) {
    return new AwsConfig(
        "eu-west-1",
        endpoint,
        Duration.ofSeconds(5),
        Duration.ofSeconds(60),
        5,
        Duration.ofMillis(2));
  }

  @Override
  public void close() throws IOException {
    server.close();
    try (Stream<Path> paths = Files.walk(data)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
