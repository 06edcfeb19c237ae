package io.kass.cli.config;

import io.kass.ports.error.KassException.Misconfigured;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was set, by section and key; each layer is laid over those before it. Section names are
 * single words, so {@code KASS_CHAT_MAX_TOKENS} can only be {@code max-tokens} of {@code chat}.
 */
final class Layers {
  private static final String PREFIX = "KASS_";

  /** Short for {@code KASS_BACKEND_NAME}. */
  private static final String BACKEND = "KASS_BACKEND";

  private final Map<String, Map<String, Setting>> sections = new TreeMap<>();

  /** Lays these settings over what is there. */
  Layers with(Map<String, Map<String, Setting>> layer) {
    layer.forEach((section, settings) ->
        sections.computeIfAbsent(section, s -> new TreeMap<>()).putAll(settings));
    return this;
  }

  /** Lays one setting over what is there. */
  Layers with(String section, String key, String text, String origin) {
    return with(Map.of(section, Map.of(key, new Setting(text, origin))));
  }

  /**
   * Lays the environment's {@code KASS_SECTION_KEY} over what is there. {@code KASS_JAVA_*} is the
   * launcher's, and a variable that is set to nothing counts as not set.
   */
  Layers withEnvironment(Map<String, String> environment) {
    for (Map.Entry<String, String> variable : new TreeMap<>(environment).entrySet()) {
      String name = variable.getKey();
      if (!name.startsWith(PREFIX)
          || name.startsWith("KASS_JAVA_")
          || variable.getValue().isEmpty()) {
        continue;
      }
      if (name.equals(BACKEND)) {
        with("backend", "name", variable.getValue(), name);
        continue;
      }
      String[] words = name.substring(PREFIX.length()).toLowerCase(Locale.ROOT).split("_", 2);
      if (words.length < 2 || words[1].isEmpty()) {
        throw new Misconfigured(
            "The variable %s names no setting: they are called KASS_SECTION_KEY, such as KASS_CHAT_URL."
                .formatted(name));
      }
      with(words[0], words[1].replace('_', '-'), variable.getValue(), name);
    }
    return this;
  }

  /** Lays {@code section.key=value} or {@code section.part.key=value} over what is there. */
  Layers withFlag(String assignment) {
    int equals = assignment.indexOf('=');
    int dot = assignment.indexOf('.');
    if (dot < 1 || equals < dot + 2) {
      throw new Misconfigured(
          "--set '%s' is not of the form SECTION.KEY=VALUE.".formatted(assignment));
    }
    return with(
        assignment.substring(0, dot),
        assignment.substring(dot + 1, equals).replace('.', '-'),
        assignment.substring(equals + 1),
        "--set");
  }

  /** Whether a setting, {@code section.key}, is set. */
  boolean isSet(String name) {
    String[] parts = name.split("\\.", 2);
    return sections.getOrDefault(parts[0], Map.of()).containsKey(parts[1]);
  }

  /** Whether a setting is set to this. */
  boolean isSetTo(String section, String key, String text) {
    Setting setting = sections.getOrDefault(section, Map.of()).get(key);
    return setting != null && setting.text().strip().equals(text);
  }

  /** The settings by section. */
  Map<String, Map<String, Setting>> sections() {
    return new LinkedHashMap<>(sections);
  }
}
