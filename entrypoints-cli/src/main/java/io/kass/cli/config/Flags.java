package io.kass.cli.config;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the command line says about the configuration.
 *
 * @param config the settings file to read instead of the usual one
 * @param dataDirectory {@code --data-dir}
 * @param color {@code --color}
 * @param backend {@code --backend}
 * @param settings {@code --set SECTION.KEY=VALUE}, the later ones overruling
 */
public record Flags(
    @Nullable Path config,
    @Nullable String dataDirectory,
    @Nullable String color,
    @Nullable String backend,
    List<String> settings) {
  /** Nothing was said. */
  public static final Flags NONE = new Flags(null, null, null, null, List.of());

  public Flags {
    settings = List.copyOf(settings);
  }
}
