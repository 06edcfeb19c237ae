package io.kass.local.files;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.kass.ports.Bytewise;
import io.kass.ports.Cursor;
import io.kass.ports.TestJvm;
import io.kass.ports.TestScopes;
import io.kass.ports.document.DocumentStore;
import io.kass.ports.document.DocumentStore.Listing;
import io.kass.ports.document.DocumentStore.Problem;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Listing folders of any shape, name and size. */
class FileWalkTest {
  @TempDir Path temp;

  @Property(tries = 60)
  void listsAnyTreeOnceAndInOrder(
      @ForAll("trees") Set<String> paths,
      @ForAll @IntRange(min = 1, max = 4) int pageSize,
      @ForAll boolean oneStore)
      throws IOException {
    Path root = Files.createTempDirectory("kass-walk");
    try {
      var expected = new TreeSet<String>(Bytewise::compare);
      for (String path : paths) {
        if (made(root.resolve(path)) && !("/" + path).contains("/.")) {
          expected.add(path);
        }
      }
      for (String prefix : List.of("", "a", "a/", "a/b", "a-")) {
        assertThat(ids(root, prefix, pageSize, oneStore))
            .as(prefix)
            .containsExactlyElementsOf(
                expected.stream().filter(id -> id.startsWith(prefix)).toList());
      }
    } finally {
      delete(root);
    }
  }

  @Provide
  static Arbitrary<Set<String>> trees() {
    // Names on both sides of the slash, which is what decides between a file and a folder.
    Arbitrary<String> name =
        Arbitraries.of("a", "a-", "a-b", "a.b", "a0", "b", ".b", "é", "\uD83D\uDE00", "\uFF5E");
    return name.list()
        .ofMinSize(1)
        .ofMaxSize(4)
        .map(names -> String.join("/", names))
        .set()
        .ofMaxSize(25);
  }

  /** False where a file is in the way of a folder, or the other way about. */
  private static boolean made(Path file) {
    try {
      Files.createDirectories(file.getParent());
      Files.createFile(file);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void aFolderIsReadOnceForAllItsPages() throws IOException {
    for (String name : List.of("a", "b", "d")) {
      Files.createFile(temp.resolve(name));
    }
    DocumentStore store = store(temp, 2);
    Cursor second = requireNonNull(store.list(TestScopes.scope(), "", Cursor.START).next());
    Files.createFile(temp.resolve("c"));
    assertThat(ids(store.list(TestScopes.scope(), "", second))).containsExactly("d");
    // Whoever begins there anew sees it: it was written before that.
    assertThat(ids(store(temp, 2).list(TestScopes.scope(), "", second))).containsExactly("c", "d");
    assertThat(ids(store.list(TestScopes.scope(), "", Cursor.START))).containsExactly("a", "b");
  }

  @Test
  void listsACrowd() throws IOException {
    Path folder = Files.createDirectory(temp.resolve("folder"));
    for (int i = 0; i < 5_000; i++) {
      Files.createFile(folder.resolve(i + ".txt"));
    }
    assertThat(ids(temp, "", 500, true)).hasSize(5_000).doesNotHaveDuplicates();
  }

  @Test
  void listsTwoThousandLevels() throws Exception {
    try {
      shell("mkdir -p deep/" + "a/".repeat(2_000) + "; touch deep/" + "a/".repeat(2_000) + "b");
      assertThat(ids(temp.resolve("deep"), "", 10, true)).containsExactly("a/".repeat(2_000) + "b");
    } finally {
      shell("rm -r deep"); // which takes JUnit minutes
    }
  }

  @Test
  void namesWhatIsTooDeepToBeRead() throws Exception {
    try {
      String half = "a/".repeat(1_050);
      shell("mkdir -p deep/" + half + " half/" + half + "; touch deep/b");
      shell("mv half/a deep/" + half);
      var problems = new ArrayList<Problem>();
      assertThat(ids(temp.resolve("deep"), "", 10, true, problems)).containsExactly("b");
      assertThat(problems)
          .singleElement()
          .satisfies(problem -> {
            assertThat(problem.place()).startsWith("a/a/a/").hasSizeBetween(3_900, 4_096);
            assertThat(problem.hidesDocuments()).isTrue();
            assertThat(problem.message()).contains("too long");
          });
    } finally {
      shell("rm -r deep half"); // no path of Java's leads there
    }
  }

  @Test
  void namesThatAreNoTextAreNamed() throws Exception {
    Files.createFile(temp.resolve("質問.md"));
    shell("touch \"$(printf 'caf\\351.txt')\"; mkdir \"$(printf 'd\\351')\"");
    var problems = new ArrayList<Problem>();
    assertThat(ids(temp, "", 10, true, problems)).containsExactly("質問.md");
    assertThat(problems)
        .containsExactly(
            new Problem("caf\uFFFD.txt", false, "Its name is not UTF-8: rename it."),
            new Problem("d\uFFFD", false, "Its name is not UTF-8: rename it."));
  }

  @Test
  void inAnotherLocaleWhatItCannotNameIsNotTakenForGone() throws IOException {
    Path folder = Files.createDirectories(temp.resolve("a/b"));
    Files.createFile(folder.resolve("質問.md"));
    Files.createFile(folder.resolve("plain.md"));
    String output =
        TestJvm.of(ListingProcess.class, temp.toString()).withVariables("LC_ALL=C").run();
    assertThat(output)
        .isEqualTo(
            """
            problem a/b/ true It holds names that this locale cannot read: use a UTF-8 locale.
            document a/b/plain.md
            """);
  }

  @Test
  void whatThisUserMayNotReadIsNamed() throws IOException {
    Path closed = Files.createDirectory(temp.resolve("closed"));
    Files.createFile(closed.resolve("a.txt"));
    Path blind = Files.createDirectory(temp.resolve("list-only"));
    Files.createFile(blind.resolve("a.txt"));
    Path file = Files.createFile(temp.resolve("secret.txt"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
    Files.setPosixFilePermissions(blind, PosixFilePermissions.fromString("r--r--r--"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
    String output;
    try {
      output = TestJvm.of(ListingProcess.class, temp.toString()).withoutRootsPrivileges().run();
    } finally {
      for (Path folder : List.of(closed, blind)) {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
      }
    }
    assertThat(output)
        .isEqualTo(
            """
            problem closed/ true The folder cannot be opened: check who may read it.
            problem list-only/a.txt true It cannot be looked at: check who may read it.
            document secret.txt
            Rejected 'secret.txt' may not be read or written by this user.
            """);
  }

  private static List<String> ids(Path root, String prefix, int pageSize, boolean oneStore) {
    return ids(root, prefix, pageSize, oneStore, new ArrayList<>());
  }

  private static List<String> ids(
      Path root, String prefix, int pageSize, boolean oneStore, List<Problem> problems) {
    var ids = new ArrayList<String>();
    DocumentStore store = store(root, pageSize);
    Cursor cursor = Cursor.START;
    while (cursor != null) {
      Listing page = store.list(TestScopes.scope(), prefix, cursor);
      assertThat(page.documents()).hasSizeLessThanOrEqualTo(pageSize);
      ids.addAll(ids(page));
      problems.addAll(page.problems());
      cursor = page.next();
      store = oneStore ? store : store(root, pageSize);
    }
    return ids;
  }

  private static List<String> ids(Listing page) {
    return page.documents().stream().map(document -> document.id().value()).toList();
  }

  private static DocumentStore store(Path root, int pageSize) {
    return new FilesystemDocumentStore(root, "", true, InstantSource.system(), pageSize);
  }

  private void shell(String script) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("bash", "-c", script).directory(temp.toFile()).inheritIO().start();
    assertThat(process.waitFor()).isZero();
  }

  private static void delete(Path root) throws IOException {
    try (var all = Files.walk(root)) {
      for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (FileSystemException e) {
      throw new AssertionError(e);
    }
  }
}
