package io.kass.aws.s3;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.kass.aws.sdk.AwsConnection;
import io.kass.ports.backend.Closer;
import io.kass.ports.document.DocumentStore;

/**
 * Binds {@link DocumentStore} to a bucket of S3. Asks for an {@link AwsConnection}, and a {@link
 * Closer} that will close the clients. Nothing is asked of the service before the first use.
 */
public final class S3Module extends AbstractModule {
  private final S3Config config;

  public S3Module(S3Config config) {
    this.config = config;
  }

  @Provides
  @Singleton
  S3Bucket bucket(AwsConnection aws, Closer closer) {
    return closer.register(new S3Bucket(aws, config));
  }

  @Provides
  @Singleton
  DocumentStore documents(S3Bucket bucket) {
    return new S3DocumentStore(bucket);
  }
}
