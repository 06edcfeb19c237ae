package io.kass.cli.config;

import io.kass.ports.config.ConfigSection;
import io.kass.ports.config.Nearest;
import io.kass.ports.error.KassException.Misconfigured;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All settings of the command, checked.
 *
 * @param data where data is kept
 * @param output how it is shown
 * @param backend which backend answers
 * @param directories the user's directories
 * @param sections the sections that other parts of KASS read for themselves, by name; one for each
 *     name that was asked for, empty where nothing is set
 * @param origins what was set, and where: {@code chat.url} → {@code KASS_CHAT_URL}
 * @param file the settings file that was read, or would be if it were there
 */
public record KassConfig(
    DataConfig data,
    OutputConfig output,
    BackendConfig backend,
    Directories directories,
    Map<String, ConfigSection> sections,
    Map<String, String> origins,
    Path file) {
  /** Sections that are read here. */
  private static final Set<String> OWN = Set.of("data", "output", "backend");

  /**
   * The backend whose deployment has an environment of its own. Nobody else's keys are taken for
   * ours, nor documents sent where they belong.
   */
  private static final String LEGACY = "legacy";

  public KassConfig {
    sections = Map.copyOf(sections);
    origins = Collections.unmodifiableMap(new TreeMap<>(origins));
  }

  /**
   * Reads the configuration.
   *
   * @param others the names of the sections that other parts of KASS read
   * @param environment the environment's variables
   * @param home the user's home directory
   * @param workingDirectory what relative paths are relative to
   * @throws Misconfigured when something is not known, does not fit, or cannot be read
   */
  public static KassConfig load(
      Flags flags,
      Set<String> others,
      Map<String, String> environment,
      Path home,
      Path workingDirectory) {
    Directories directories = Directories.of(environment, home);
    Path file =
        flags.config() == null
            ? directories.configFile()
            : workingDirectory.resolve(flags.config()).normalize();
    var layers = new Layers();
    if (flags.config() != null || Files.exists(file)) {
      layers.with(TomlFile.read(file));
    }
    layers.withEnvironment(environment);
    flags.settings().forEach(layers::withFlag);
    if (flags.dataDirectory() != null) {
      layers.with("data", "dir", flags.dataDirectory(), "--data-dir");
    }
    if (flags.color() != null) {
      layers.with("output", "color", flags.color(), "--color");
    }
    if (flags.backend() != null) {
      layers.with("backend", "name", flags.backend(), "--backend");
    }
    if (layers.isSetTo("backend", "name", LEGACY)) {
      layers = LegacyVariables.read(environment, layers::isSet).with(layers.sections());
    }
    return of(layers.sections(), others, directories, file, home, workingDirectory);
  }

  private static KassConfig of(
      Map<String, Map<String, Setting>> settings,
      Set<String> others,
      Directories directories,
      Path file,
      Path home,
      Path workingDirectory) {
    requireKnown(settings, others);
    Setting dir = settings.getOrDefault("data", Map.of()).get("dir");
    boolean fromFile = dir != null && dir.origin().equals(file.toString());
    DataConfig data = read(settings, "data", new DataConfig(directories.data()));
    var sections = new LinkedHashMap<String, ConfigSection>();
    for (String other : others) {
      sections.put(other, section(settings, other));
    }
    var origins = new LinkedHashMap<String, String>();
    settings.forEach((section, keys) ->
        keys.forEach((key, setting) -> origins.put(section + "." + key, setting.origin())));
    return new KassConfig(
        data.resolved(home, workingDirectory, fromFile),
        read(settings, "output", OutputConfig.DEFAULTS),
        read(settings, "backend", BackendConfig.DEFAULTS),
        directories,
        sections,
        origins,
        file);
  }

  /** The same with another data directory. */
  public KassConfig with(DataConfig other) {
    return new KassConfig(other, output, backend, directories, sections, origins, file);
  }

  /**
   * The same with one more setting in a section that another part of KASS reads.
   *
   * @param origin where it was set, for messages
   */
  public KassConfig with(String section, String key, String value, String origin) {
    var values = new LinkedHashMap<>(section(section).values());
    values.put(key, value);
    var all = new LinkedHashMap<>(sections);
    all.put(section, new ConfigSection(section, values));
    var allOrigins = new LinkedHashMap<>(origins);
    allOrigins.put(section + "." + key, origin);
    return new KassConfig(data, output, backend, directories, all, allOrigins, file);
  }

  /** The section of this name, which is one of those that were asked for. */
  public ConfigSection section(String name) {
    ConfigSection section = sections.get(name);
    if (section == null) {
      throw new IllegalArgumentException("no such section was asked for: " + name);
    }
    return section;
  }

  /**
   * Reads a section over its defaults.
   *
   * @throws Misconfigured when a key is not known or a value does not fit; the message also tells
   *     where it was set
   */
  public <R extends Record> R read(String section, R defaults) {
    return read(section(section), defaults, origins);
  }

  private static <R extends Record> R read(
      Map<String, Map<String, Setting>> settings, String name, R defaults) {
    var origins = new LinkedHashMap<String, String>();
    settings
        .getOrDefault(name, Map.of())
        .forEach((key, setting) -> origins.put(name + "." + key, setting.origin()));
    return read(section(settings, name), defaults, origins);
  }

  private static <R extends Record> R read(
      ConfigSection section, R defaults, Map<String, String> origins) {
    try {
      return section.over(defaults);
    } catch (Misconfigured e) {
      throw new Misconfigured(e.getMessage() + blamed(e, section, defaults, origins), e);
    }
  }

  /** Says where the setting that does not fit was set, by trying each one alone. */
  private static String blamed(
      Misconfigured failure, ConfigSection section, Record defaults, Map<String, String> origins) {
    for (Map.Entry<String, String> setting : section.values().entrySet()) {
      try {
        new ConfigSection(section.name(), Map.of(setting.getKey(), setting.getValue()))
            .over(defaults);
      } catch (Misconfigured e) {
        String origin = origins.get(section.name() + "." + setting.getKey());
        if (origin != null && e.getMessage().equals(failure.getMessage())) {
          return " (" + setting.getKey() + " was set by " + origin + ")";
        }
      }
    }
    return "";
  }

  private static ConfigSection section(Map<String, Map<String, Setting>> settings, String name) {
    var values = new LinkedHashMap<String, String>();
    settings
        .getOrDefault(name, Map.of())
        .forEach((key, setting) -> values.put(key, setting.text()));
    return new ConfigSection(name, values);
  }

  private static void requireKnown(Map<String, Map<String, Setting>> settings, Set<String> others) {
    var known = new TreeSet<>(OWN);
    known.addAll(others);
    for (Map.Entry<String, Map<String, Setting>> section : settings.entrySet()) {
      if (known.contains(section.getKey())) {
        continue;
      }
      List<String> origins =
          new ArrayList<>(section.getValue().values().stream().map(Setting::origin).toList());
      throw new Misconfigured(
          "Unknown section '%s' of settings%s. Did you mean '%s'?"
              .formatted(
                  section.getKey(),
                  origins.isEmpty() ? "" : ", set by " + origins.getFirst(),
                  Nearest.of(section.getKey(), known)));
    }
  }
}
