package io.kass.cli.config;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where KASS keeps files of its own, by the XDG Base Directory Specification 0.8. None of them need
 * exist.
 *
 * @param config settings
 * @param data what was ingested and said
 * @param cache what can be made again
 * @param state logs
 */
public record Directories(Path config, Path data, Path cache, Path state) {

  public static Directories of(Map<String, String> environment, Path home) {
    return new Directories(
        directory(environment.get("XDG_CONFIG_HOME"), home.resolve(".config")),
        directory(environment.get("XDG_DATA_HOME"), home.resolve(".local").resolve("share")),
        directory(environment.get("XDG_CACHE_HOME"), home.resolve(".cache")),
        directory(environment.get("XDG_STATE_HOME"), home.resolve(".local").resolve("state")));
  }

  /** The settings file that is read when none is named. */
  public Path configFile() {
    return config.resolve("config.toml");
  }

  private static Path directory(@Nullable String value, Path otherwise) {
    // The specification: a path that is not absolute is to be ignored.
    Path base = value == null || !value.startsWith("/") ? otherwise : Path.of(value);
    return base.resolve("kass");
  }
}
