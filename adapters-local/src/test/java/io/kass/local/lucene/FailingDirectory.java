package io.kass.local.lucene;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.FilterDirectory;
import org.apache.lucene.store.FilterIndexOutput;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexOutput;

/** A directory on a disk with so many bytes left. */
final class FailingDirectory extends FilterDirectory {
  private final AtomicLong left;

  FailingDirectory(Path path, AtomicLong left) throws IOException {
    super(FSDirectory.open(path));
    this.left = left;
  }

  @Override
  public IndexOutput createOutput(String name, IOContext context) throws IOException {
    take(0);
    return limited(super.createOutput(name, context));
  }

  @Override
  public IndexOutput createTempOutput(String prefix, String suffix, IOContext context)
      throws IOException {
    take(0);
    return limited(super.createTempOutput(prefix, suffix, context));
  }

  private void take(long bytes) throws IOException {
    if (left.addAndGet(-bytes) <= 0) {
      throw new IOException("No space left on device");
    }
  }

  private IndexOutput limited(IndexOutput out) {
    return new FilterIndexOutput("limited", out.getName(), out) {
      @Override
      public void writeByte(byte b) throws IOException {
        take(1);
        super.writeByte(b);
      }

      @Override
      public void writeBytes(byte[] bytes, int offset, int length) throws IOException {
        take(length);
        super.writeBytes(bytes, offset, length);
      }
    };
  }
}
