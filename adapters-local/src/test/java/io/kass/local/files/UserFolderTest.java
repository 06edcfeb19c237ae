package io.kass.local.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kass.ports.Cursor;
import io.kass.ports.TestScopes;
import io.kass.ports.document.DocumentId;
import io.kass.ports.document.DocumentStore;
import io.kass.ports.document.DocumentStoreContract;
import io.kass.ports.error.KassException.NotFound;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store over a user's own folder, whose ids are real paths: also a FilesystemDocumentStore. */
class UserFolderTest extends DocumentStoreContract {
  @TempDir Path temp;

  @Override
  protected DocumentStore open() {
    return FilesModule.reading(temp, InstantSource.system());
  }

  @Override
  protected DocumentId id(String name) {
    return new DocumentId(SafePaths.text(SafePaths.real(temp)) + "/" + name);
  }

  @Override
  protected void give(String name, byte[] content) {
    try {
      Path file = temp.resolve(name);
      Files.createDirectories(file.getParent());
      Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  protected void take(String name) {
    try {
      Files.delete(temp.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void oneFileIsAStoreToo() {
    give("a.txt", new byte[] {1});
    give("b.txt", new byte[] {1});
    DocumentStore store = FilesModule.reading(temp.resolve("a.txt"), InstantSource.system());
    assertThat(store.list(TestScopes.scope(), "", Cursor.START).documents())
        .singleElement()
        .satisfies(document -> assertThat(document.id()).isEqualTo(id("a.txt")));
    store.open(TestScopes.scope(), id("a.txt"), null).close();
    assertThatThrownBy(() -> store.open(TestScopes.scope(), id("b.txt"), null))
        .isInstanceOf(NotFound.class);
  }

  @Test
  @Tag("A7")
  void anIdOfAnotherFolderIsNotTakenForOneOfThis() {
    give("a.txt", new byte[] {1});
    String own = id("a.txt").value();
    String other = own.replaceAll("[^/](?=.*/)", "x");
    assertThat(other).hasSameSizeAs(own).endsWith("/a.txt");
    assertThatThrownBy(() -> open().open(TestScopes.scope(), new DocumentId(other), null))
        .isInstanceOf(NotFound.class);
  }

  @Test
  void whatIsNotThereIsNotFound() {
    assertThatThrownBy(() -> FilesModule.reading(temp.resolve("none"), InstantSource.system()))
        .isInstanceOf(NotFound.class);
  }
}
