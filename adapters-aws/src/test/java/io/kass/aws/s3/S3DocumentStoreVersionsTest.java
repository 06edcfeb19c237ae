package io.kass.aws.s3;

import io.kass.aws.sdk.StandIn;
import io.kass.ports.document.DocumentStore;
import io.kass.ports.document.DocumentStoreContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** A bucket that keeps versions. */
@ExtendWith(StandIn.Extension.class)
class S3DocumentStoreVersionsTest extends DocumentStoreContract {
  private TestBucket bucket;

  @BeforeEach
  void open(StandIn standIn) {
    bucket = new TestBucket(standIn.endpoint(), TestBucket.config("", true));
  }

  @AfterEach
  void close() throws Exception {
    bucket.close();
  }

  @Override
  protected DocumentStore open() {
    return new S3DocumentStore(bucket.connection());
  }
}
