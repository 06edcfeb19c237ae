package io.kass.aws.s3;

import io.kass.aws.s3.S3Upload.Condition;
import io.kass.ports.CallScope;
import io.kass.ports.Cursor;
import io.kass.ports.Page;
import io.kass.ports.document.DocumentId;
import io.kass.ports.document.DocumentStore;
import io.kass.ports.document.StoredDocument;
import io.kass.ports.error.KassException.InvalidRequest;
import io.kass.ports.error.KassException.NotFound;
import io.kass.ports.error.KassException.Rejected;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.InvalidObjectStateException;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Documents as objects of a bucket. A document's version is its ETag, which listings tell, too;
 * times are in whole seconds, as the service tells them. Keys that end with a slash mark folders
 * and are no documents. Thread-safe.
 */
final class S3DocumentStore implements DocumentStore {
  private static final int MOST_KEY_BYTES = 1024;
  private static final int NOT_FOUND = 404;
  private static final int PRECONDITION_FAILED = 412;

  /** What a signature can be good for. */
  private static final Duration LONGEST_LINK = Duration.ofDays(7);

  private final S3Bucket bucket;
  private final S3Config config;

  S3DocumentStore(S3Bucket bucket) {
    this.bucket = bucket;
    config = bucket.config();
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(true, true, config.versions());
  }

  @Override
  public OpenDocument open(CallScope scope, DocumentId id, @Nullable String version) {
    GetObjectRequest request =
        GetObjectRequest.builder()
            .bucket(config.bucket())
            .key(key(id))
            .ifMatch(quoted(version))
            .build();
    ResponseInputStream<GetObjectResponse> stream;
    try {
      stream = get(scope, id, request);
    } catch (NotFound e) {
      String kept = version == null || !config.versions() ? null : kept(scope, id, version);
      if (kept == null) {
        throw e;
      }
      request = request.toBuilder().ifMatch(null).versionId(kept).build();
      stream = get(scope, id, request);
    }
    GetObjectResponse object = stream.response();
    // Whatever is read later is of this very object.
    GetObjectRequest same = request.toBuilder().ifMatch(object.eTag()).build();
    return new OpenDocument(
        new StoredDocument(
            id, object.contentLength(), unquoted(object.eTag()), whole(object.lastModified())),
        new S3Content(bucket, scope, same, stream));
  }

  private ResponseInputStream<GetObjectResponse> get(
      CallScope scope, DocumentId id, GetObjectRequest request) {
    return bucket.run(
        scope,
        () -> {
          try {
            return bucket.client().getObject(request);
          } catch (NoSuchKeyException e) {
            throw new NotFound("There is no document '" + id + "'.", e);
          } catch (InvalidObjectStateException e) {
            throw new Rejected(
                "Document '" + id + "' is archived. Restore it in S3 before it is read.", e);
          } catch (S3Exception e) {
            if (e.statusCode() == PRECONDITION_FAILED) {
              throw new NotFound(
                  "Document '" + id + "' has no version " + request.ifMatch() + " any more.", e);
            }
            throw e;
          }
        });
  }

  /** The version id of the newest version with this ETag, or null. */
  private @Nullable String kept(CallScope scope, DocumentId id, String version) {
    String marker = null;
    do {
      ListObjectVersionsResponse page = versionPage(scope, id, marker);
      for (ObjectVersion kept : page.versions()) {
        if (kept.key().equals(key(id)) && unquoted(kept.eTag()).equals(version)) {
          return kept.versionId();
        }
      }
      marker = key(id).equals(page.nextKeyMarker()) ? page.nextVersionIdMarker() : null;
    } while (marker != null);
    return null;
  }

  private ListObjectVersionsResponse versionPage(
      CallScope scope, DocumentId id, @Nullable String marker) {
    return bucket.run(
        scope,
        () ->
            bucket
                .client()
                .listObjectVersions(request ->
                    request
                        .bucket(config.bucket())
                        .prefix(key(id))
                        .keyMarker(marker == null ? null : key(id))
                        .versionIdMarker(marker)));
  }

  @Override
  public StoredDocument put(CallScope scope, DocumentId id, InputStream content, long length) {
    var upload = new S3Upload(bucket, scope, writableKey(id), length, Condition.NONE);
    return stored(scope, id, upload.send(content), length);
  }

  @Override
  public StoredDocument putIf(
      CallScope scope, DocumentId id, InputStream content, long length, @Nullable String expected) {
    var upload =
        new S3Upload(bucket, scope, writableKey(id), length, Condition.expecting(expected));
    try {
      return stored(scope, id, upload.send(content), length);
    } catch (Refused e) {
      HeadObjectResponse there = head(scope, id);
      if (there != null && upload.mark().equals(there.metadata().get(S3Upload.MARK))) {
        // The reply to our own upload was lost, and the SDK sent it again.
        return document(id, there);
      }
      throw new Rejected("Document '" + id + "' was changed by another meanwhile.", e);
    }
  }

  private StoredDocument stored(CallScope scope, DocumentId id, String eTag, long length) {
    HeadObjectResponse there = head(scope, id);
    return there != null && there.eTag().equals(eTag)
        ? document(id, there)
        // Another was stored since: what is told of ours is all but its moment.
        : new StoredDocument(id, length, unquoted(eTag), whole(bucket.aws().clock().instant()));
  }

  private @Nullable HeadObjectResponse head(CallScope scope, DocumentId id) {
    return bucket.<@Nullable HeadObjectResponse>run(
        scope,
        () -> {
          try {
            return bucket
                .client()
                .headObject(request -> request.bucket(config.bucket()).key(key(id)));
          } catch (S3Exception e) {
            if (e.statusCode() == NOT_FOUND) {
              return null;
            }
            throw e;
          }
        });
  }

  private static StoredDocument document(DocumentId id, HeadObjectResponse object) {
    return new StoredDocument(
        id, object.contentLength(), unquoted(object.eTag()), whole(object.lastModified()));
  }

  @Override
  public Listing list(CallScope scope, String prefix, Cursor cursor) {
    ListObjectsV2Response page =
        objects(
            scope,
            config.prefix() + prefix,
            cursor.equals(Cursor.START) ? null : config.prefix() + cursor.token());
    var documents = new ArrayList<StoredDocument>();
    for (S3Object object : page.contents()) {
      if (!isFolder(object.key())) {
        documents.add(
            new StoredDocument(
                id(object.key()),
                object.size(),
                unquoted(object.eTag()),
                whole(object.lastModified())));
      }
    }
    // The last key, not the service's token: it stays good however long one waits.
    Cursor next =
        Boolean.TRUE.equals(page.isTruncated())
            ? new Cursor(page.contents().getLast().key().substring(config.prefix().length()))
            : null;
    return new Listing(documents, List.of(), next);
  }

  private ListObjectsV2Response objects(CallScope scope, String prefix, @Nullable String after) {
    ListObjectsV2Request request =
        ListObjectsV2Request.builder()
            .bucket(config.bucket())
            .prefix(prefix)
            .startAfter(after)
            .build();
    return bucket.run(scope, () -> bucket.client().listObjectsV2(request));
  }

  private boolean isFolder(String key) {
    return key.endsWith("/") || key.length() <= config.prefix().length();
  }

  @Override
  public boolean remove(CallScope scope, DocumentId id) {
    String key = key(id);
    // The first that begins with a key is the key itself. Deleting does not tell whether there was
    // anything.
    List<S3Object> found = objects(scope, key, null).contents();
    if (found.isEmpty() || !found.getFirst().key().equals(key)) {
      return false;
    }
    bucket.run(
        scope,
        () -> bucket.client().deleteObject(request -> request.bucket(config.bucket()).key(key)));
    return true;
  }

  @Override
  public Page<StoredDocument> versions(CallScope scope, DocumentId id, Cursor cursor) {
    boolean start = cursor.equals(Cursor.START);
    ListObjectVersionsResponse page = versionPage(scope, id, start ? null : cursor.token());
    boolean removed =
        page.deleteMarkers().stream()
            .anyMatch(marker -> marker.key().equals(key(id)) && marker.isLatest());
    if (removed) {
      return new Page<>(List.of(), null);
    }
    List<StoredDocument> versions =
        page.versions().stream()
            .filter(version -> version.key().equals(key(id)))
            .map(version ->
                new StoredDocument(
                    id, version.size(), unquoted(version.eTag()), whole(version.lastModified())))
            .toList();
    String next = key(id).equals(page.nextKeyMarker()) ? page.nextVersionIdMarker() : null;
    return new Page<>(versions, next == null ? null : new Cursor(next));
  }

  @Override
  public URI presign(CallScope scope, DocumentId id, Access access, Duration validity) {
    scope.check(bucket.aws().clock());
    if (!validity.isPositive() || validity.compareTo(LONGEST_LINK) > 0) {
      throw new InvalidRequest("A link to S3 is good for more than no time and at most 7 days.");
    }
    String key = access == Access.PUT ? writableKey(id) : key(id);
    return bucket.run(
        scope,
        () ->
            switch (access) {
              case GET ->
                  URI.create(
                      bucket
                          .presigner()
                          .presignGetObject(presign ->
                              presign
                                  .signatureDuration(validity)
                                  .getObjectRequest(get -> get.bucket(config.bucket()).key(key)))
                          .url()
                          .toString());
              case PUT ->
                  URI.create(
                      bucket
                          .presigner()
                          .presignPutObject(presign ->
                              presign
                                  .signatureDuration(validity)
                                  .putObjectRequest(put -> put.bucket(config.bucket()).key(key)))
                          .url()
                          .toString());
            });
  }

  private String key(DocumentId id) {
    return config.prefix() + id.value();
  }

  private String writableKey(DocumentId id) {
    String key = key(id);
    if (key.getBytes(StandardCharsets.UTF_8).length > MOST_KEY_BYTES) {
      throw new InvalidRequest(
          "S3 keeps no document '" + id + "': its key is longer than 1024 bytes in UTF-8.");
    } else if (key.endsWith("/")) {
      throw new InvalidRequest("'" + id + "' names a folder, not a document.");
    }
    return key;
  }

  private DocumentId id(String key) {
    return new DocumentId(key.substring(config.prefix().length()));
  }

  /** An ETag as requests have it. */
  static @Nullable String quoted(@Nullable String version) {
    return version == null ? null : "\"" + version + "\"";
  }

  private static String unquoted(String eTag) {
    return eTag.startsWith("\"") && eTag.endsWith("\"") && eTag.length() > 1
        ? eTag.substring(1, eTag.length() - 1)
        : eTag;
  }

  private static Instant whole(Instant moment) {
    return moment.truncatedTo(ChronoUnit.SECONDS);
  }
}
