package io.kass.aws.s3;

import io.kass.aws.sdk.AwsConnection;
import io.kass.aws.sdk.AwsResource;
import io.kass.ports.CallScope;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** The bucket's clients, made when they are first used. */
final class S3Bucket implements AutoCloseable {
  private final AwsConnection aws;
  private final S3Config config;
  private final AwsResource resource;
  private @Nullable S3Client client;
  private @Nullable S3Presigner presigner;
  private volatile boolean ready;

  S3Bucket(AwsConnection aws, S3Config config) {
    this.aws = aws;
    this.config = config;
    resource =
        new AwsResource(
            "The S3 bucket '" + config.bucket() + "'",
            "Create it with Terraform (deploy/terraform), check DOCUMENTS_BUCKET, or set 'create'"
                + " for a local stand-in.");
    ready = !config.create();
  }

  AwsConnection aws() {
    return aws;
  }

  S3Config config() {
    return config;
  }

  /** Runs calls about the bucket. */
  <T extends @Nullable Object> T run(CallScope scope, Supplier<T> work) {
    if (!ready) {
      aws.run(scope, resource, this::create);
      ready = true;
    }
    return aws.run(scope, resource, work);
  }

  private boolean create() {
    try {
      client().headBucket(request -> request.bucket(config.bucket()));
      return false;
    } catch (NoSuchBucketException e) {
      try {
        client().createBucket(request -> request.bucket(config.bucket()));
      } catch (BucketAlreadyOwnedByYouException another) {
        return false;
      }
      if (config.versions()) {
        client()
            .putBucketVersioning(request ->
                request
                    .bucket(config.bucket())
                    .versioningConfiguration(v -> v.status(BucketVersioningStatus.ENABLED)));
      }
      return true;
    }
  }

  private boolean isElsewhere() {
    return !aws.config().endpoint().toString().isEmpty();
  }

  synchronized S3Client client() {
    if (client == null) {
      // Stand-ins have no name for each bucket.
      client = aws.client(S3Client.builder().forcePathStyle(isElsewhere()));
    }
    return client;
  }

  synchronized S3Presigner presigner() {
    if (presigner == null) {
      S3Presigner.Builder builder =
          S3Presigner.builder()
              .credentialsProvider(aws.credentials())
              .serviceConfiguration(
                  S3Configuration.builder().pathStyleAccessEnabled(isElsewhere()).build());
      if (isElsewhere()) {
        builder.endpointOverride(aws.config().endpoint());
      }
      if (!aws.config().region().isEmpty()) {
        builder.region(Region.of(aws.config().region()));
      }
      presigner = builder.build();
    }
    return presigner;
  }

  @Override
  public synchronized void close() {
    if (client != null) {
      client.close();
    }
    if (presigner != null) {
      presigner.close();
    }
  }
}
