package io.kass.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kass.ports.TestJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command over its real parts on a disk that is really full. */
class FullDiskTest {
  private static final int KILOBYTES = 24_000;

  @TempDir Path temp;

  @Test
  void saysSoAndLosesNothing() throws IOException {
    Path disk = Files.createDirectory(temp.resolve("disk")).toRealPath();
    Path home = Files.createDirectory(temp.resolve("home")).toRealPath();
    String output =
        TestJvm.of(
                FullDisk.class,
                disk.toString(),
                home.toString(),
                temp.resolve("cache").toString(),
                "0",
                "3",
                "12")
            .withDisk(disk, KILOBYTES)
            .run();
    assertThat(output).contains("pages left: 12");
  }
}
