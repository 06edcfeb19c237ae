package io.kass.local.files;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.kass.ports.document.DocumentStore;
import java.nio.file.Path;
import java.time.InstantSource;

/** Binds {@link DocumentStore} to a folder. Asks for an {@link InstantSource}. */
public final class FilesModule extends AbstractModule {
  private final Path folder;

  /** Documents under this folder, which is made by the first write; ids are relative to it. */
  public FilesModule(Path folder) {
    this.folder = folder;
  }

  @Provides
  @Singleton
  DocumentStore documents(InstantSource clock) {
    return new FilesystemDocumentStore(folder, "", true, clock);
  }

  /**
   * A user's own file or folder, which is only read; ids are real paths.
   *
   * @throws io.kass.ports.error.KassException.NotFound when it is not there
   */
  public static DocumentStore reading(Path fileOrFolder, InstantSource clock) {
    Path real = SafePaths.real(fileOrFolder);
    String path = SafePaths.text(real);
    return new FilesystemDocumentStore(real, path.endsWith("/") ? path : path + "/", false, clock);
  }
}
