package io.kass.aws.s3;

import io.kass.aws.sdk.AwsConnection;
import io.kass.aws.sdk.StandIn;
import io.kass.ports.ContentHash;
import io.kass.ports.TestScopes;
import io.kass.ports.document.DocumentId;
import io.kass.ports.document.DocumentStore;
import io.kass.ports.document.DocumentStore.OpenDocument;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.channels.Channels;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Stores a document and reads it back: {@code main(endpoint, bytes)}. */
final class LargeDocumentProcess {
  private LargeDocumentProcess() {}

  public static void main(String[] arguments) throws Exception {
    long length = Long.parseLong(arguments[1]);
    try (AwsConnection aws = StandIn.connect(URI.create(arguments[0]), InstantSource.system());
        var bucket = new S3Bucket(aws, TestBucket.config("", false))) {
      DocumentStore store = new S3DocumentStore(bucket);
      var id = new DocumentId("large");
      MessageDigest sent = ContentHash.sha256();
      store.put(TestScopes.scope(), id, new DigestInputStream(new Noise(length), sent), length);
      MessageDigest read = ContentHash.sha256();
      try (OpenDocument open = store.open(TestScopes.scope(), id, null);
          var in = new DigestInputStream(Channels.newInputStream(open.content()), read)) {
        in.transferTo(OutputStream.nullOutputStream());
      }
      if (!Arrays.equals(sent.digest(), read.digest())) {
        throw new AssertionError("another content came back");
      }
    }
  }

  /** So many bytes that repeat nothing. */
  private static final class Noise extends InputStream {
    private final SplittableRandom random = new SplittableRandom(1);
    private long left;

    Noise(long length) {
      left = length;
    }

    @Override
    public int read() {
      return left-- > 0 ? random.nextInt(256) : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      if (left <= 0) {
        return -1;
      }
      int count = (int) Math.min(left, length);
      byte[] some = new byte[count];
      random.nextBytes(some);
      System.arraycopy(some, 0, target, offset, count);
      left -= count;
      return count;
    }
  }
}
