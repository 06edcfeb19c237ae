package io.kass.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Ingests folders into data directories on a disk that is nearly full, and checks what the command
 * says and keeps. Runs in a process that has a small disk of its own.
 */
final class FullDisk {
  private static final int DOCUMENTS = 8;
  private static final int PAGE = 4096;

  private final Path disk;
  private final Path home;
  private final Path filler;
  private final Cli cli;

  private FullDisk(Path disk, Path home, Path cache) {
    this.disk = disk;
    this.home = home;
    this.filler = disk.resolve("filler");
    this.cli = new Cli(home).with("XDG_CACHE_HOME", cache.toString());
  }

  /**
   * Arguments: the disk; a home and a cache directory on another one; how many pages of 4096 bytes
   * are left, once for each time that it is tried.
   */
  public static void main(String[] arguments) throws IOException {
    var disk = new FullDisk(Path.of(arguments[0]), Path.of(arguments[1]), Path.of(arguments[2]));
    for (int i = 3; i < arguments.length; i++) {
      int pages = Integer.parseInt(arguments[i]);
      System.out.println("pages left: " + pages);
      disk.nothingStandsInTheWayOfTheNextAttempt(pages);
      disk.whatWasThereStays(pages);
    }
  }

  private void nothingStandsInTheWayOfTheNextAttempt(int pages) throws IOException {
    Path docs = write("new-" + pages, "seven");
    String data = disk.resolve("new-" + pages).toString();
    fill(pages);
    assertFull(cli.run("ingest", "--data-dir", data, docs.toString()));
    Files.delete(filler);
    assertWhole(data, docs, "seven");
  }

  private void whatWasThereStays(int pages) throws IOException {
    Path docs = write("old-" + pages, "seven");
    String data = disk.resolve("old-" + pages).toString();
    assertWhole(data, docs, "seven");
    write("old-" + pages, "ten");
    fill(pages);
    for (int attempt = 0; attempt < 2; attempt++) {
      assertFull(cli.run("ingest", "--data-dir", data, docs.toString()));
      assertAnswers(data, docs);
    }
    Files.delete(filler);
    assertEachIsOldOrNew(data, docs);
    assertWhole(data, docs, "ten");
  }

  private Path write(String folder, String years) throws IOException {
    Path docs = Files.createDirectories(home.resolve(folder));
    for (int i = 0; i < DOCUMENTS; i++) {
      Files.writeString(
          docs.resolve(i + ".txt"), "Log %d is kept for %s years.\n".formatted(i, years));
    }
    return docs;
  }

  private void fill(int pagesLeft) throws IOException {
    try (OutputStream out = Files.newOutputStream(filler)) {
      var page = new byte[PAGE];
      while (Files.getFileStore(disk).getUsableSpace() > (long) pagesLeft * PAGE) {
        out.write(page);
      }
    }
  }

  private void assertFull(Cli.Result result) {
    assertThat(result.code()).as(result.toString()).isEqualTo(4);
    assertThat(result.err())
        .contains(disk.toString())
        .containsPattern("full|no space left")
        .containsPattern("[Ff]ree some");
  }

  private void assertWhole(String data, Path docs, String years) {
    Cli.Result result = cli.run("ingest", "--data-dir", data, docs.toString());
    assertThat(result.code()).as(result.toString()).isZero();
    for (int i = 0; i < DOCUMENTS; i++) {
      assertThat(passages(data, docs.resolve(i + ".txt")))
          .contains(years)
          .doesNotContain(other(years));
    }
  }

  /** Whoever only reads needs no space, and is told what could not be written. */
  private void assertAnswers(String data, Path docs) {
    String question = "How long is log 3 kept?";
    for (List<String> command :
        List.of(
            List.of("search", question),
            List.of("ask", question),
            List.of("ask", "--docs", docs.toString(), question),
            List.of("documents", "list"),
            List.of("documents", "show", docs.resolve("3.txt").toString()))) {
      var arguments = new ArrayList<>(command);
      arguments.addAll(List.of("--data-dir", data));
      Cli.Result result = cli.run(arguments.toArray(String[]::new));
      assertThat(result.code()).as(command + ": " + result).isZero();
      assertThat(result.out()).contains(command.contains("list") ? "3.txt" : "Log 3 is kept for ");
      if (command.contains("--docs")) {
        assertThat(result.err())
            .containsPattern("full|no space left")
            .contains("Answering from what the index holds now.");
      }
    }
  }

  private void assertEachIsOldOrNew(String data, Path docs) {
    for (int i = 0; i < DOCUMENTS; i++) {
      String text = passages(data, docs.resolve(i + ".txt"));
      assertThat(text.contains("seven")).as(text).isNotEqualTo(text.contains("ten"));
    }
  }

  private static String other(String years) {
    return years.equals("ten") ? "seven" : "ten";
  }

  private String passages(String data, Path document) {
    Cli.Result result =
        cli.run("documents", "show", "--json", "--data-dir", data, document.toString());
    assertThat(result.code()).as(result.toString()).isZero();
    return result.json().get("passages").findValuesAsText("text").toString();
  }
}
