package io.kass.aws.sdk;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.kass.ports.backend.Closer;
import java.security.SecureRandom;
import java.time.InstantSource;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;

/**
 * Binds the {@link AwsConnection} that the modules of the services share. Asks for an {@link
 * InstantSource}, and a {@link Closer} that will close it. Connects to nothing before the first
 * use.
 */
public final class AwsModule extends AbstractModule {
  private final AwsConfig config;

  public AwsModule(AwsConfig config) {
    this.config = config;
  }

  @Provides
  @Singleton
  AwsConnection connection(InstantSource clock, Closer closer) {
    return closer.register(
        new AwsConnection(
            config, DefaultCredentialsProvider.builder().build(), clock, new SecureRandom()));
  }
}
