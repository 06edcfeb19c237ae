package io.kass.cli;

import io.kass.local.EmbeddedBackendFactory;
import java.nio.file.Path;

/** Makes, when KASS is built, the files from which it starts fast. No command of the user's. */
final class Preparation {
  private Preparation() {}

  /**
   * Makes what is not there yet.
   *
   * @param arguments the folder of {@code kass.assets}
   */
  public static void main(String[] arguments) {
    EmbeddedBackendFactory.prepare(Path.of(arguments[0]));
  }
}
