package io.kass.local.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.kass.ports.TestJvm;
import io.kass.ports.TestThreads;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.JDBC;

/** How the driver finds its native library, each time in a fresh process. */
class SqliteDriverTest {
  @TempDir private Path directory;

  @Test
  void unpacksItsLibraryOnceForAllProcesses() throws IOException {
    List<String> outputs = TestThreads.atOnce(3, number -> () -> run("native", "new"));
    assertThat(outputs).allMatch(output -> output.startsWith("rows 0"));
    List<Path> unpacked = filesIn(directory.resolve("native"));
    assertThat(unpacked).hasSize(1);
    assertThat(outputs)
        .allMatch(output -> output.contains("path " + unpacked.getFirst().getParent()));
    FileTime longAgo = FileTime.from(Instant.parse("2001-01-01T00:00:00Z"));
    Files.setLastModifiedTime(unpacked.getFirst(), longAgo);
    assertThat(run("native", "again")).startsWith("rows 0");
    assertThat(filesIn(directory.resolve("native"))).isEqualTo(unpacked);
    assertThat(Files.getLastModifiedTime(unpacked.getFirst())).isEqualTo(longAgo);
    assertThat(filesIn(directory.resolve("tmp"))).isEmpty();
  }

  @Test
  void worksWithoutAFolderForItsLibrary() throws IOException {
    Files.writeString(directory.resolve("native"), "a file in the way");
    assertThat(run("native", "db")).startsWith("rows 0").contains("path null");
  }

  @Test
  void worksWithALibraryOfAnotherMachine() throws IOException {
    run("native", "db");
    Path library = filesIn(directory.resolve("native")).getFirst();
    String other = "/org/sqlite/native/Linux/ppc64/libsqlitejdbc.so";
    try (InputStream in = JDBC.class.getResourceAsStream(other)) {
      Files.copy(in, library, StandardCopyOption.REPLACE_EXISTING);
    }
    assertThat(run("native", "db")).contains("rows 0");
  }

  private String run(String nativeDirectory, String file) throws IOException {
    Path temporary = Files.createDirectories(directory.resolve("tmp"));
    return TestJvm.of(
            List.of("-Djava.io.tmpdir=" + temporary),
            SqliteDriverProcess.class,
            directory.resolve(file).toString(),
            directory.resolve(nativeDirectory).toString())
        .run();
  }

  private static List<Path> filesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
