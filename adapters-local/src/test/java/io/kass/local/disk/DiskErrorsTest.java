package io.kass.local.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystemException;
import org.junit.jupiter.api.Test;

class DiskErrorsTest {
  @Test
  void knowsAFullDiskByWhatTheSystemSays() {
    assertThat(DiskErrors.isFull(new IOException("No space left on device"))).isTrue();
    assertThat(DiskErrors.isFull(new FileSystemException("f", null, "No space left on device")))
        .isTrue();
    assertThat(DiskErrors.isFull(new IOException("Disk quota exceeded"))).isTrue();
    assertThat(DiskErrors.isFull(new IOException("There is not enough space on the disk")))
        .isTrue();
  }

  @Test
  void nothingElseIsOne() {
    assertThat(DiskErrors.isFull(new IOException("Input/output error"))).isFalse();
    assertThat(DiskErrors.isFull(new IOException())).isFalse();
  }
}
