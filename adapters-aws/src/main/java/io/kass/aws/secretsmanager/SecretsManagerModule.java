package io.kass.aws.secretsmanager;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.kass.aws.sdk.AwsConnection;
import io.kass.ports.backend.Closer;
import io.kass.ports.secret.SecretSource;

/**
 * Binds {@link SecretSource} to Secrets Manager. Asks for an {@link AwsConnection}, and a {@link
 * Closer} that will close the client. Nothing is asked of the service before the first use.
 */
public final class SecretsManagerModule extends AbstractModule {
  private final SecretsManagerConfig config;

  public SecretsManagerModule(SecretsManagerConfig config) {
    this.config = config;
  }

  @Provides
  @Singleton
  SecretSource secrets(AwsConnection aws, Closer closer) {
    return closer.register(new SecretsManagerSecretSource(aws, config));
  }
}
