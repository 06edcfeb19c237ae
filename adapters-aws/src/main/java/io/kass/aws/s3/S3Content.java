package io.kass.aws.s3;

import io.kass.ports.CallScope;
import io.kass.ports.Cancellation.Registration;
import io.kass.ports.error.KassException.Rejected;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * An object's bytes as they come over the wire. What breaks off goes on where it broke off, as long
 * as the object is still the one that was opened. Not thread-safe.
 */
final class S3Content implements SeekableByteChannel {
  /** So far ahead it is faster to read on than to ask anew. */
  private static final long SKIP = 1 << 16;

  private static final int PRECONDITION_FAILED = 412;

  private final S3Bucket bucket;
  private final CallScope scope;
  private final GetObjectRequest request;
  private final long size;
  private final byte[] buffer = new byte[1 << 14];
  private final Registration registration;
  private volatile @Nullable ResponseInputStream<GetObjectResponse> stream;
  private long streamed;
  private long position;
  private volatile boolean closed;

  /**
   * @param request asks for exactly this object: by its version or its ETag
   * @param stream its bytes from the first one on
   */
  S3Content(
      S3Bucket bucket,
      CallScope scope,
      GetObjectRequest request,
      ResponseInputStream<GetObjectResponse> stream) {
    this.bucket = bucket;
    this.scope = scope;
    this.request = request;
    this.stream = stream;
    size = stream.response().contentLength();
    registration = scope.cancellation().onCancel(this::abort);
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    if (closed) {
      throw new ClosedChannelException();
    }
    if (!target.hasRemaining()) {
      return 0;
    }
    if (position >= size) {
      return -1;
    }
    for (int failures = 0; ; ) {
      try {
        ResponseInputStream<GetObjectResponse> from = at(position);
        int most = (int) Math.min(Math.min(buffer.length, target.remaining()), size - position);
        int count = from.read(buffer, 0, most);
        if (count < 0) {
          throw new IOException("the answer ended before the object did");
        }
        if (position + count == size) {
          finish(from);
        }
        target.put(buffer, 0, count);
        streamed += count;
        position += count;
        return count;
      } catch (IOException | SdkException e) {
        drop();
        failures++;
        if (failures >= bucket.aws().attempts()) {
          throw new IOException("The document cannot be read to its end: " + e.getMessage(), e);
        }
        bucket.aws().pause(scope, failures);
      }
    }
  }

  /** Sees the end, at which the checksum is verified. */
  private static void finish(ResponseInputStream<GetObjectResponse> from) throws IOException {
    if (from.read() >= 0) {
      throw new IOException("the answer is longer than the object");
    }
  }

  /** The stream, standing at this byte. */
  private ResponseInputStream<GetObjectResponse> at(long wanted) throws IOException {
    ResponseInputStream<GetObjectResponse> open = stream;
    if (open != null && wanted >= streamed && wanted - streamed <= SKIP) {
      while (streamed < wanted) {
        int count = open.read(buffer, 0, (int) Math.min(buffer.length, wanted - streamed));
        if (count < 0) {
          throw new IOException("the answer ended before the object did");
        }
        streamed += count;
      }
      return open;
    }
    drop();
    ResponseInputStream<GetObjectResponse> fresh =
        bucket.run(
            scope,
            () -> {
              try {
                return bucket
                    .client()
                    .getObject(request.toBuilder().range("bytes=" + wanted + "-").build());
              } catch (S3Exception e) {
                if (e.statusCode() == PRECONDITION_FAILED || e.statusCode() == 404) {
                  throw new Rejected(
                      "Document '"
                          + request.key()
                          + "' was replaced or removed while it was read. Open it again.",
                      e);
                }
                throw e;
              }
            });
    stream = fresh;
    streamed = wanted;
    return fresh;
  }

  private void drop() {
    abort();
    stream = null;
  }

  /** Unblocks who reads; from another thread, too. */
  private void abort() {
    ResponseInputStream<GetObjectResponse> open = stream;
    if (open != null) {
      open.abort();
    }
  }

  @Override
  public int write(ByteBuffer source) {
    throw new NonWritableChannelException();
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public SeekableByteChannel position(long newPosition) {
    if (newPosition < 0) {
      throw new IllegalArgumentException("a position is not negative: " + newPosition);
    }
    position = newPosition;
    return this;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public SeekableByteChannel truncate(long newSize) {
    throw new NonWritableChannelException();
  }

  @Override
  public boolean isOpen() {
    return !closed;
  }

  @Override
  public void close() {
    closed = true;
    registration.close();
    drop();
  }
}
