package io.kass.cli;

import io.kass.cli.config.Flags;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options that every command has, before or after its name. */
final class CommonOptions {
  @Option(names = "--config", paramLabel = "FILE", scope = ScopeType.INHERIT)
  private @Nullable Path config;

  @Option(names = "--data-dir", paramLabel = "DIR", scope = ScopeType.INHERIT)
  private @Nullable String dataDirectory;

  @Option(names = "--color", paramLabel = "WHEN", scope = ScopeType.INHERIT)
  private @Nullable String color;

  @Option(names = "--backend", paramLabel = "NAME", scope = ScopeType.INHERIT)
  private @Nullable String backend;

  @Option(names = "--set", paramLabel = "SECTION.KEY=VALUE", scope = ScopeType.INHERIT)
  private List<String> settings = new ArrayList<>();

  @Option(names = "--json", scope = ScopeType.INHERIT)
  private boolean json;

  @Option(
      names = {"-q", "--quiet"},
      scope = ScopeType.INHERIT)
  private boolean quiet;

  @Option(names = "--debug", scope = ScopeType.INHERIT)
  private boolean debug;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT)
  private boolean help;

  Flags flags() {
    return new Flags(config, dataDirectory, color, backend, settings);
  }

  boolean json() {
    return json;
  }

  boolean quiet() {
    return quiet;
  }

  boolean debug() {
    return debug;
  }

  boolean help() {
    return help;
  }
}
