package io.kass.local.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kass.ports.TestScopes;
import io.kass.ports.document.DocumentId;
import io.kass.ports.document.DocumentStore;
import io.kass.ports.document.DocumentStoreContract;
import io.kass.ports.document.StoredDocument;
import io.kass.ports.error.KassException;
import io.kass.ports.error.KassException.NotFound;
import io.kass.ports.error.KassException.Rejected;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesystemDocumentStoreTest extends DocumentStoreContract {
  @TempDir Path temp;

  @Override
  protected DocumentStore open() {
    return new FilesystemDocumentStore(temp.resolve("root"), "", true, InstantSource.system());
  }

  @Test
  @Tag("A7")
  void noIdLeadsOutOfTheFolder() throws IOException {
    Files.writeString(temp.resolve("secret.txt"), "secret");
    give("a/b.txt", new byte[] {1});
    for (String id :
        List.of(
            "../secret.txt",
            "a/../../secret.txt",
            "a/../b",
            "./a/b.txt",
            "/secret.txt",
            "a//b.txt",
            temp.resolve("secret.txt").toString(),
            "..",
            ".",
            "a/..")) {
      assertThatThrownBy(() -> open().open(TestScopes.scope(), new DocumentId(id), null))
          .as(id)
          .isInstanceOf(NotFound.class);
      assertThatThrownBy(() ->
              open()
                  .put(
                      TestScopes.scope(),
                      new DocumentId(id),
                      new ByteArrayInputStream(new byte[1]),
                      1))
          .as(id)
          .isInstanceOf(KassException.class);
    }
    assertThat(temp.resolve("secret.txt")).hasContent("secret");
  }

  @Test
  @Tag("A7")
  void linksOutOfTheFolderAreNeitherReadNorWritten() throws IOException {
    Path outside = Files.createDirectories(temp.resolve("outside"));
    Files.writeString(outside.resolve("secret.txt"), "secret");
    give("a.txt", new byte[] {1});
    Files.createSymbolicLink(temp.resolve("root/link.txt"), outside.resolve("secret.txt"));
    Files.createSymbolicLink(temp.resolve("root/folder"), outside);
    for (String id : List.of("link.txt", "folder/secret.txt")) {
      assertThatThrownBy(() -> open().open(TestScopes.scope(), new DocumentId(id), null))
          .isInstanceOf(Rejected.class);
    }
    assertThatThrownBy(() ->
            open()
                .put(
                    TestScopes.scope(),
                    new DocumentId("folder/new.txt"),
                    new ByteArrayInputStream(new byte[1]),
                    1))
        .isInstanceOf(Rejected.class);
    assertThat(outside.resolve("new.txt")).doesNotExist();
    var problems = new java.util.ArrayList<DocumentStore.Problem>();
    assertThat(all("", problems)).extracting(StoredDocument::id).containsExactly(id("a.txt"));
    assertThat(problems)
        .extracting(DocumentStore.Problem::place)
        .containsExactly("folder", "link.txt");
  }

  @Test
  void aLinkWithinTheFolderIsListedOnce() throws IOException {
    give("a.txt", new byte[] {1});
    Files.createSymbolicLink(temp.resolve("root/b.txt"), Path.of("a.txt"));
    Files.createSymbolicLink(temp.resolve("root/loop"), Path.of("."));
    assertThat(all("")).extracting(StoredDocument::id).containsExactly(id("a.txt"));
  }

  @Test
  void hiddenFilesAreNoDocuments() throws IOException {
    give("a.txt", new byte[] {1});
    Files.createDirectories(temp.resolve("root/.git"));
    Files.writeString(temp.resolve("root/.git/config"), "x");
    Files.writeString(temp.resolve("root/.env"), "x");
    assertThat(all("")).hasSize(1);
    assertThatThrownBy(() -> open().open(TestScopes.scope(), new DocumentId(".env"), null))
        .isInstanceOf(NotFound.class);
  }

  @Test
  void aFileChangedUnderItsOldTimeHasANewVersion() throws IOException {
    give("a.txt", new byte[] {1});
    StoredDocument before = all("").getFirst();
    Path file = temp.resolve("root/a.txt");
    var time = Files.getLastModifiedTime(file);
    Files.write(file, new byte[] {2});
    Files.setLastModifiedTime(file, time);
    StoredDocument after = all("").getFirst();
    assertThat(after.modified()).isEqualTo(before.modified());
    assertThat(after.version()).isNotEqualTo(before.version());
  }

  @Test
  void aPipeIsNamedAndNeverOpened() throws Exception {
    give("a.txt", new byte[] {1});
    Path pipe = temp.resolve("root/pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    var problems = new java.util.ArrayList<DocumentStore.Problem>();
    assertThat(all("", problems)).hasSize(1);
    assertThat(problems).singleElement().extracting(DocumentStore.Problem::place).isEqualTo("pipe");
    assertThatThrownBy(() -> open().open(TestScopes.scope(), new DocumentId("pipe"), null))
        .isInstanceOf(NotFound.class);
  }

  @Test
  void leavesNothingHalfWrittenBehind() throws IOException {
    give("a.txt", new byte[] {1});
    assertThatThrownBy(() ->
            open()
                .put(
                    TestScopes.scope(),
                    new DocumentId("b.txt"),
                    new ByteArrayInputStream(new byte[1]),
                    2))
        .isInstanceOf(KassException.class);
    try (var files = Files.list(temp.resolve("root"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("a.txt", ".kass-lock");
    }
  }
}
