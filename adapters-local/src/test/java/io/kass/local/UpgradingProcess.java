package io.kass.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Makes data directories of the first layout and upgrades them, one after the other, for ever. */
final class UpgradingProcess {
  static final int FILES = 60;

  private UpgradingProcess() {}

  /** Two steps, each of which changes every file. */
  static List<DataDirectory.Upgrade> steps() {
    return List.of(adding(" two"), adding(" three"));
  }

  private static DataDirectory.Upgrade adding(String word) {
    return directory -> {
      for (int i = 0; i < FILES; i++) {
        Path file = file(directory, i);
        Files.writeString(file, Files.readString(file) + word);
      }
    };
  }

  static Path file(Path directory, int number) {
    return directory.resolve("index/" + number);
  }

  /** Argument: where to make them. Prints each before it is upgraded. */
  public static void main(String[] arguments) throws IOException {
    for (int number = 0; ; number++) {
      Path data = Path.of(arguments[0], "data" + number);
      DataDirectory.open(data, false, List.of());
      Files.createDirectory(data.resolve("index"));
      for (int i = 0; i < FILES; i++) {
        Files.writeString(file(data, i), "one");
      }
      System.out.println(data);
      DataDirectory.open(data, false, steps());
    }
  }
}
