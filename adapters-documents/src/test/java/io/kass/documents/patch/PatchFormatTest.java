package io.kass.documents.patch;

import static org.assertj.core.api.Assertions.assertThat;

import io.kass.documents.TestDocuments;
import io.kass.ports.document.Block;
import io.kass.ports.document.DocumentReader;
import io.kass.ports.document.Locator;
import io.kass.ports.document.ReadDocument;
import io.kass.ports.document.SourceType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Patches that a real Git wrote. */
class PatchFormatTest {
  @TempDir private Path folder;
  private final DocumentReader reader = TestDocuments.reader();

  @BeforeEach
  void changeSomething() throws Exception {
    git("init", "-q", "-b", "main");
    write("a.txt", "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n15\n16\n");
    write("old.txt", "one\ntwo\nthree\nfour\n");
    commit("Begin");
    write("a.txt", "1\ntwo\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n15\n-- dashes\n16");
    git("mv", "old.txt", "new name.txt");
    Files.write(folder.resolve("picture.bin"), new byte[] {0, 1, 2, 3});
    commit("Change two lines\n\nThe reason is\n--- a heading that is none\n\nof some length.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"show", "log -p -1", "format-patch -1 --stdout", "show --pretty=fuller"})
  void readsCommit(String command) throws Exception {
    String patch = git(command.split(" ", -1));

    ReadDocument document = ReadDocument.of(reader, "change.txt", patch);

    assertThat(document.type()).isEqualTo(SourceType.CHANGE);
    assertThat(field(document, "Title")).isEqualTo("Change two lines");
    assertThat(field(document, "Author")).isEqualTo("Kim <kim@example.com>");
    assertThat(field(document, "author")).isEqualTo("Kim <kim@example.com>");
    assertThat(field(document, "type")).isEqualTo("commit");
    assertThat(field(document, "commit")).isEqualTo(git("rev-parse", "HEAD").strip());
    assertThat(field(document, "created_at")).isEqualTo(created());
    assertThat(field(document, "Description")).startsWith("The reason is");
    assertThat(hunks(document))
        .extracting(hunk -> hunk.place().headings().getLast())
        .containsExactly("a.txt:1-5", "a.txt:13-17", "new name.txt", "picture.bin");
    assertExact(patch, document);
  }

  @Test
  void readsDiffWithoutCommit() throws Exception {
    String patch = git("diff", "HEAD~1");

    ReadDocument document = ReadDocument.of(reader, "x.diff", patch);

    assertThat(hunks(document)).hasSameSizeAs(document.blocks()).hasSize(4);
    assertThat(hunks(document).getFirst().text())
        .startsWith("diff --git a/a.txt b/a.txt\n")
        .contains("\n-2\n+two\n");
    assertThat(hunks(document).get(1).text())
        .contains("\n+-- dashes\n")
        .endsWith("\\ No newline at end of file\n");
    assertThat(hunks(document).get(2).text()).contains("rename from old.txt");
    assertThat(hunks(document).get(3).text()).contains("Binary files");
    assertExact(patch, document);
    assertThat(document.text()).isEqualTo(patch);
  }

  @Test
  void readsCombinedDiffOfMerge() throws Exception {
    git("checkout", "-q", "-b", "side", "HEAD~1");
    write("a.txt", "1\nzwei\n3\n4\n");
    commit("Side");
    git("checkout", "-q", "main");
    gitOrConflict("merge", "-q", "side");
    write("a.txt", "1\ntwo and zwei\n3\n4\n");
    commit("Merge side");
    String patch = git("show", "--cc");

    ReadDocument document = ReadDocument.of(reader, "merge", patch);

    assertThat(field(document, "Title")).isEqualTo("Merge side");
    assertThat(hunks(document)).isNotEmpty().allMatch(hunk -> hunk.file().equals("a.txt"));
    assertThat(hunks(document).getFirst().text()).contains("@@@ ", "++two and zwei");
    assertExact(patch, document);
  }

  @Test
  void takesRemovedLineForNoHeader() {
    String patch =
        """
        --- a/q.sql
        +++ b/q.sql
        @@ -1,3 +1,3 @@
         select 1;
        --- a comment
        +++ x
         select 2;
        --- a/r.sql
        +++ b/r.sql
        @@ -1 +1 @@
        -a
        +b
        """;

    ReadDocument document = ReadDocument.of(reader, "q.patch", patch);

    assertThat(hunks(document)).extracting(Block.Hunk::file).containsExactly("q.sql", "r.sql");
    assertThat(document.text()).isEqualTo(patch);
  }

  @Tag("D7")
  @Test
  void leavesMarkdownThatShowsDiff() throws Exception {
    String patch = git("diff", "HEAD~1");

    assertThat(ReadDocument.of(reader, "how.md", "# How\n\n```diff\n" + patch + "```\n").type())
        .isEqualTo(SourceType.MARKDOWN);
    assertThat(ReadDocument.of(reader, "a.txt", "From here on, commit early.\n").type())
        .isEqualTo(SourceType.TEXT);
  }

  private static void assertExact(String patch, ReadDocument document) {
    for (Block.Hunk hunk : hunks(document)) {
      var place = hunk.place();
      assertThat(patch.substring((int) place.begin(), (int) place.end())).isEqualTo(hunk.text());
      var lines = (Locator.Lines) place.locator();
      String before = patch.substring(0, (int) place.begin());
      assertThat(lines.first()).isEqualTo(1 + before.chars().filter(c -> c == '\n').count());
      assertThat(lines.last() - lines.first() + 1).isEqualTo(hunk.text().lines().count());
    }
  }

  private static List<Block.Hunk> hunks(ReadDocument document) {
    return document.blocks().stream()
        .filter(Block.Hunk.class::isInstance)
        .map(Block.Hunk.class::cast)
        .toList();
  }

  private static String field(ReadDocument document, String name) {
    return document.blocks().stream()
        .filter(block -> block instanceof Block.Field field && field.name().equals(name))
        .findFirst()
        .orElseThrow()
        .text();
  }

  private String created() throws Exception {
    return OffsetDateTime.parse(git("show", "-s", "--format=%aI").strip()).toInstant().toString();
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private void commit(String message) throws Exception {
    git("add", "-A");
    git("commit", "-q", "-m", message);
  }

  private String git(String... arguments) throws Exception {
    Process process = start(arguments);
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(out).isZero();
    return out;
  }

  private void gitOrConflict(String... arguments) throws Exception {
    Process process = start(arguments);
    process.getInputStream().readAllBytes();
    assertThat(process.waitFor()).isIn(0, 1);
  }

  private Process start(String... arguments) throws IOException {
    var command = new ArrayList<>(List.of("git", "-c", "commit.gpgsign=false"));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    var environment = builder.environment();
    environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
    environment.put("GIT_CONFIG_NOSYSTEM", "1");
    environment.put("GIT_AUTHOR_NAME", "Kim");
    environment.put("GIT_AUTHOR_EMAIL", "kim@example.com");
    environment.put("GIT_COMMITTER_NAME", "Kim");
    environment.put("GIT_COMMITTER_EMAIL", "kim@example.com");
    return builder.start();
  }
}
