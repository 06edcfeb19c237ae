package io.kass.aws.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.kass.aws.sdk.StandIn;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A document that is larger than the memory, at a twentieth of 2 GB. */
@ExtendWith(StandIn.Extension.class)
class LargeDocumentTest {
  private static final long BYTES = 100_000_000;

  @Test
  void isNeverWholeInMemory(StandIn standIn, @TempDir Path directory) throws Exception {
    Path output = directory.resolve("output");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx40m",
                "-cp",
                System.getProperty("java.class.path"),
                LargeDocumentProcess.class.getName(),
                standIn.endpoint().toString(),
                Long.toString(BYTES))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(4, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue()).as(Files.readString(output)).isZero();
    } finally {
      process.destroyForcibly();
    }
  }
}
