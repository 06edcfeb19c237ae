package io.kass.aws.s3;

import io.kass.ports.CallScope;
import io.kass.ports.error.KassException;
import io.kass.ports.error.KassException.InvalidRequest;
import io.kass.ports.error.KassException.Unavailable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * One document on its way to the bucket: in one request when it fits into a part, else in parts, of
 * which one is in memory. Each carries a checksum that the service verifies.
 */
final class S3Upload {
  private static final int MOST_PARTS = 10_000;

  /** What the object is known by, when the reply to its upload was lost. */
  static final String MARK = "kass-mark";

  private final S3Bucket bucket;
  private final CallScope scope;
  private final String key;
  private final long length;
  private final Condition condition;
  private final String mark;

  /**
   * What has to be there for the upload to take effect.
   *
   * @param ifMatch the ETag that is there; null for any
   * @param ifNoneMatch {@code *} for nothing; null for anything
   */
  record Condition(@Nullable String ifMatch, @Nullable String ifNoneMatch) {
    static final Condition NONE = new Condition(null, null);

    /**
     * @param version the ETag that is there, or null for nothing
     */
    static Condition expecting(@Nullable String version) {
      return version == null
          ? new Condition(null, "*")
          : new Condition(S3DocumentStore.quoted(version), null);
    }
  }

  S3Upload(S3Bucket bucket, CallScope scope, String key, long length, Condition condition) {
    this.bucket = bucket;
    this.scope = scope;
    this.key = key;
    this.length = length;
    this.condition = condition;
    mark = bucket.aws().mark();
  }

  String mark() {
    return mark;
  }

  /**
   * Sends all of the content.
   *
   * @return the object's ETag
   * @throws Refused when the condition does not hold
   */
  String send(InputStream content) {
    int most = bucket.config().partBytes();
    if (length <= most) {
      byte[] whole = new byte[(int) length];
      fill(content, whole, whole.length);
      requireEnd(content);
      return conditional(() -> bucket.client().putObject(put(), body(whole, whole.length)).eTag());
    }
    long part = Math.max(most, (length + MOST_PARTS - 1) / MOST_PARTS);
    return sendParts(content, Math.toIntExact(part));
  }

  private String sendParts(InputStream content, int partBytes) {
    String upload =
        bucket.run(scope, () -> bucket.client().createMultipartUpload(begin()).uploadId());
    try {
      byte[] buffer = new byte[partBytes];
      var parts = new ArrayList<CompletedPart>();
      for (long sent = 0; sent < length; sent += partBytes) {
        int bytes = (int) Math.min(partBytes, length - sent);
        fill(content, buffer, bytes);
        parts.add(sendPart(upload, parts.size() + 1, buffer, bytes));
      }
      requireEnd(content);
      return complete(upload, parts);
    } catch (RuntimeException e) {
      abort(upload, e);
      throw e;
    }
  }

  private CompletedPart sendPart(String upload, int number, byte[] buffer, int bytes) {
    UploadPartResponse sent =
        bucket.run(
            scope,
            () ->
                bucket
                    .client()
                    .uploadPart(
                        request ->
                            request
                                .bucket(bucket.config().bucket())
                                .key(key)
                                .uploadId(upload)
                                .partNumber(number)
                                .checksumAlgorithm(ChecksumAlgorithm.CRC32),
                        body(buffer, bytes)));
    return CompletedPart.builder()
        .partNumber(number)
        .eTag(sent.eTag())
        .checksumCRC32(sent.checksumCRC32())
        .build();
  }

  private String complete(String upload, List<CompletedPart> parts) {
    return conditional(() ->
        bucket
            .client()
            .completeMultipartUpload(request ->
                request
                    .bucket(bucket.config().bucket())
                    .key(key)
                    .uploadId(upload)
                    .ifMatch(condition.ifMatch())
                    .ifNoneMatch(condition.ifNoneMatch())
                    .multipartUpload(all -> all.parts(parts)))
            .eTag());
  }

  private String conditional(Supplier<String> write) {
    return bucket.run(
        scope,
        () -> {
          try {
            return write.get();
          } catch (S3Exception e) {
            throw Refused.of(e, !condition.equals(Condition.NONE));
          }
        });
  }

  /** What was sent costs money until it is given up; a bucket's lifecycle rule does the rest. */
  private void abort(String upload, RuntimeException failure) {
    try {
      bucket.run(
          scope,
          () ->
              bucket
                  .client()
                  .abortMultipartUpload(request ->
                      request.bucket(bucket.config().bucket()).key(key).uploadId(upload)));
    } catch (KassException e) {
      failure.addSuppressed(e);
    }
  }

  private PutObjectRequest put() {
    PutObjectRequest.Builder request =
        PutObjectRequest.builder()
            .bucket(bucket.config().bucket())
            .key(key)
            .metadata(Map.of(MARK, mark))
            .checksumAlgorithm(ChecksumAlgorithm.CRC32)
            .ifMatch(condition.ifMatch())
            .ifNoneMatch(condition.ifNoneMatch());
    if (!bucket.config().kmsKey().isEmpty()) {
      request
          .serverSideEncryption(ServerSideEncryption.AWS_KMS)
          .ssekmsKeyId(bucket.config().kmsKey());
    }
    return request.build();
  }

  private CreateMultipartUploadRequest begin() {
    CreateMultipartUploadRequest.Builder request =
        CreateMultipartUploadRequest.builder()
            .bucket(bucket.config().bucket())
            .key(key)
            .metadata(Map.of(MARK, mark))
            .checksumAlgorithm(ChecksumAlgorithm.CRC32);
    if (!bucket.config().kmsKey().isEmpty()) {
      request
          .serverSideEncryption(ServerSideEncryption.AWS_KMS)
          .ssekmsKeyId(bucket.config().kmsKey());
    }
    return request.build();
  }

  /** The bytes as a body that can be sent again, without a copy. */
  private static RequestBody body(byte[] bytes, int count) {
    return RequestBody.fromContentProvider(
        () -> new ByteArrayInputStream(bytes, 0, count), count, "application/octet-stream");
  }

  private void fill(InputStream content, byte[] buffer, int bytes) {
    try {
      if (content.readNBytes(buffer, 0, bytes) < bytes) {
        throw wrongLength();
      }
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private void requireEnd(InputStream content) {
    try {
      if (content.read() >= 0) {
        throw wrongLength();
      }
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private InvalidRequest wrongLength() {
    return new InvalidRequest("The content is not of the length that was told, " + length + ".");
  }

  private static Unavailable unreadable(IOException e) {
    return new Unavailable(
        "The content cannot be read to its end (" + e.getMessage() + "); nothing was stored.", e);
  }
}
