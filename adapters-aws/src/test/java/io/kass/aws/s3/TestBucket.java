package io.kass.aws.s3;

import io.kass.aws.sdk.AwsConnection;
import io.kass.aws.sdk.StandIn;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** A bucket of one test, opened twice, as two processes would, by turns. */
final class TestBucket implements AutoCloseable {
  static final int PART_BYTES = 5 << 20;

  private final List<AutoCloseable> open = new ArrayList<>();
  private final List<S3Bucket> connections = new ArrayList<>();
  private final URI endpoint;
  private final S3Config config;
  private int turn;

  TestBucket(URI endpoint, S3Config config) {
    this.endpoint = endpoint;
    this.config = config;
  }

  static S3Config config(String prefix, boolean versions) {
    return new S3Config("test-documents", prefix, true, versions, "", PART_BYTES);
  }

  synchronized S3Bucket connection() {
    if (connections.size() < 2) {
      connections.add(connect(endpoint, config));
    }
    turn++;
    return connections.get(turn % connections.size());
  }

  synchronized S3Bucket connect(URI through, S3Config other) {
    AwsConnection aws = StandIn.connect(through, InstantSource.system());
    var connection = new S3Bucket(aws, other);
    open.add(aws);
    open.add(connection);
    return connection;
  }

  @Override
  public synchronized void close() throws Exception {
    for (AutoCloseable closeable : open.reversed()) {
      closeable.close();
    }
  }
}
