package io.kass.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

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
      assertAnswers(data);
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

  private void assertAnswers(String data) {
    Cli.Result result = cli.run("search", "--data-dir", data, "How long is log 3 kept?");
    assertThat(result.code()).as(result.toString()).isZero();
    assertThat(result.out()).contains("Log 3 is kept for ");
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
