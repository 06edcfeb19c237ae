package io.kass.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.kass.documents.ChildJvm.Result;
import io.kass.documents.format.DocumentLimits;
import io.kass.documents.pdf.HostilePdfs;
import io.kass.documents.pdf.Pdfs;
import io.kass.ports.TestScopes;
import io.kass.ports.document.Block;
import io.kass.ports.document.DocumentReader;
import io.kass.ports.document.DocumentReader.BlockConsumer;
import io.kass.ports.document.Locator;
import io.kass.ports.document.Reading;
import io.kass.ports.document.SourceType;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads in a process with little memory and a home of its own, as the command would. */
class SmallHeapTest {
  private static final int MEGABYTES = 100;

  @TempDir private Path folder;

  @Tag("D14")
  @Test
  void readsOneLineOfAHundredMegabytes() throws Exception {
    Path line = folder.resolve("line.txt");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(line))) {
      byte[] kilobyte = "長い行 a long line. ".repeat(50).getBytes(StandardCharsets.UTF_8);
      for (int written = 0; written < MEGABYTES << 20; written += kilobyte.length) {
        out.write(kilobyte);
      }
    }

    Result result = read(List.of("-Xmx64m"), line);

    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .matches("line.txt: Complete, \\d+ blocks, lines 1 to 1, \\d{8} characters\n");
    assertThat(result.exitCode()).isZero();
  }

  /** A twentieth of the largest export, in a twentieth of the memory and what Java itself needs. */
  @Tag("D14")
  @Test
  void readsChatExportAndTableAsStreams() throws Exception {
    Path export = folder.resolve("export.json");
    Path table = folder.resolve("table.csv");
    String message =
        """
        {"id": "1", "timestamp": "2025-10-27T10:00:00+00:00", "content": "%s",
         "author": {"id": "5", "nickname": "Kim"}, "embeds": [], "attachments": []}
        """
            .formatted("申請は前日までに please. ".repeat(12));
    String head =
        "{\"guild\": {\"id\": \"1\"}, \"channel\": {\"name\": \"general\"}, \"messages\": [";
    write(export, head + message, "," + message, 50_000, "]}");
    write(table, "Item,Note\n", "Bolt,\"two\nlines of it\"\n", 200_000, "");

    Result result = read(List.of("-Xmx40m"), export, table);

    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .matches(
            """
            export.json: Complete, 50001 blocks, , \\d{7,8} characters
            table.csv: Complete, 200000 blocks, lines 2 to 400001, \\d{7} characters
            """);
    assertThat(Files.size(export)).isGreaterThan(20_000_000);
  }

  @Tag("D14")
  @Test
  void refusesValuesWithoutEndInLittleMemory() throws Exception {
    String kilobyte = "words and more, ".repeat(64);
    Path value = folder.resolve("value.json");
    Path line = folder.resolve("line.csv");
    Path deep = folder.resolve("deep.json");
    write(value, "{\"id\": 1, \"text\": \"", kilobyte, MEGABYTES << 10, "\"}");
    write(line, "a,b\n\"open", kilobyte, MEGABYTES << 10, "");
    write(deep, "", "[", 1_000_000, "");

    Result result = read(List.of("-Xmx128m"), value, line, deep);

    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .isEqualTo("value.json: TOO_LARGE\nline.csv: DAMAGED\ndeep.json: TOO_LARGE\n");
  }

  private static void write(Path file, String head, String part, int times, String end)
      throws IOException {
    byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      out.write(head.getBytes(StandardCharsets.UTF_8));
      for (int i = 0; i < times; i++) {
        out.write(bytes);
      }
      out.write(end.getBytes(StandardCharsets.UTF_8));
    }
  }

  @Tag("D11")
  @Test
  void survivesDocumentsThatLoopAndEatMemory() throws Exception {
    Path loop = Files.write(folder.resolve("loop.pdf"), HostilePdfs.looping());
    Path bomb = Files.write(folder.resolve("bomb.pdf"), HostilePdfs.unpacking());
    Path honest = Files.write(folder.resolve("honest.pdf"), Pdfs.pages("Ask early."));

    Result result = read(List.of("-Xmx64m"), loop, bomb, honest);

    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .isEqualTo(
            """
            loop.pdf: TOO_SLOW
            bomb.pdf: TOO_LARGE
            honest.pdf: Complete, 1 blocks, pages 1 to 1, 11 characters
            """);
    assertThat(result.exitCode()).isZero();
  }

  @Test
  void printsNothingAndLeavesNothingInTheHomeDirectory() throws Exception {
    Path pdf = folder.resolve("a.pdf");
    Path broken = folder.resolve("b.pdf");
    Files.write(pdf, Pdfs.pages("Ask early."));
    Files.writeString(broken, "%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n");
    Path home = Files.createDirectory(folder.resolve("home"));
    Path temporary = Files.createDirectory(folder.resolve("temporary"));

    Result result =
        read(List.of("-Duser.home=" + home, "-Djava.io.tmpdir=" + temporary), pdf, broken);

    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .startsWith("a.pdf: Complete, 1 blocks, pages 1 to 1, 11 characters\nb.pdf: DAMAGED");
    assertThat(filesIn(home)).isEmpty();
    assertThat(filesIn(temporary)).isEmpty();
    assertThat(filesIn(folder.resolve("work"))).isEmpty();
  }

  private Result read(List<String> options, Path... documents) throws Exception {
    var all = new ArrayList<>(options);
    // As the launcher does: else Guice calls what the newest Java machines warn of.
    all.add("-Dguice_bytecode_gen_option=DISABLED");
    List<String> paths = Stream.of(documents).map(Path::toString).toList();
    return ChildJvm.run(folder, all, ReadAll.class, paths);
  }

  private static List<Path> filesIn(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  /** Reads the files that it is given and prints a line about each. */
  static final class ReadAll {
    private static final DocumentLimits LIMITS =
        new DocumentLimits(256L << 20, 200, Duration.ofSeconds(10), Duration.ZERO, 64, 2);

    private ReadAll() {}

    public static void main(String[] paths) throws IOException {
      DocumentReader reader = TestDocuments.reader(LIMITS);
      var lines = new StringBuilder();
      for (String path : paths) {
        lines.append(summary(reader, Path.of(path))).append('\n');
      }
      try (OutputStream out = new FileOutputStream(FileDescriptor.out)) {
        out.write(lines.toString().getBytes(StandardCharsets.UTF_8));
      }
    }

    private static String summary(DocumentReader reader, Path path) throws IOException {
      var counter = new Counter();
      String name = path.getFileName().toString();
      try (var content = Files.newByteChannel(path)) {
        return switch (reader.read(TestScopes.scope(), name, content, counter)) {
          case Reading.Complete complete -> name + ": Complete, " + counter;
          case Reading.Unreadable unreadable -> name + ": " + unreadable.cause();
        };
      }
    }
  }

  private static final class Counter implements BlockConsumer {
    private int blocks;
    private long characters;
    private String first = "";
    private String last = "";

    @Override
    public void begin(SourceType type, String mediaType) {}

    @Override
    public void accept(Block block) {
      blocks++;
      characters += block.text().length();
      if (block.place().locator() instanceof Locator.Lines(int from, int to)) {
        first = first.isEmpty() ? "lines " + from : first;
        last = " to " + to;
      } else if (block.place().locator() instanceof Locator.Pages(int from, int to)) {
        first = first.isEmpty() ? "pages " + from : first;
        last = " to " + to;
      }
    }

    @Override
    public String toString() {
      return blocks + " blocks, " + first + last + ", " + characters + " characters";
    }
  }
}
