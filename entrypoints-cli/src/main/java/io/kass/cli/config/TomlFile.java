package io.kass.cli.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import io.kass.ports.error.KassException.Misconfigured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a settings file: tables of values. A table in a table is a part of its section, so that
 * {@code exact-limit} under {@code [embedded.index]} is {@code index-exact-limit} of {@code
 * embedded}.
 */
final class TomlFile {
  private TomlFile() {}

  /**
   * The values by section and key.
   *
   * @throws Misconfigured when it cannot be read or is not of that shape; the message names the
   *     file and, where the syntax is wrong, the line, but never a value
   */
  static Map<String, Map<String, Setting>> read(Path file) {
    JsonNode root = parse(file);
    var sections = new LinkedHashMap<String, Map<String, Setting>>();
    for (Map.Entry<String, JsonNode> section : root.properties()) {
      if (!section.getValue().isObject()) {
        throw new Misconfigured(
            "Setting '%s' in %s stands outside of any section. Put it under a line such as [chat]."
                .formatted(section.getKey(), file));
      }
      var settings = new LinkedHashMap<String, Setting>();
      read(section.getKey(), "", section.getValue(), file, settings);
      sections.put(section.getKey(), settings);
    }
    return sections;
  }

  private static void read(
      String section, String part, JsonNode table, Path file, Map<String, Setting> settings) {
    for (Map.Entry<String, JsonNode> setting : table.properties()) {
      String key = part + setting.getKey();
      if (setting.getValue().isObject()) {
        read(section, key + "-", setting.getValue(), file, settings);
        continue;
      }
      String text = text(section + "." + key, setting.getValue(), file);
      if (settings.put(key, new Setting(text, file.toString())) != null) {
        throw new Misconfigured(
            "'%s.%s' is set twice in %s, once as a part of a table.".formatted(section, key, file));
      }
    }
  }

  private static JsonNode parse(Path file) {
    try {
      return new TomlMapper().readTree(Files.readString(file));
    } catch (JsonProcessingException e) {
      // Without the source excerpt, which may hold a secret.
      throw new Misconfigured(
          "%s cannot be understood at line %d: %s."
              .formatted(file, e.getLocation().getLineNr(), firstLine(e.getOriginalMessage())),
          e);
    } catch (IOException e) {
      throw new Misconfigured(
          "%s cannot be read: %s. It must be a TOML file in UTF-8.".formatted(file, e), e);
    }
  }

  private static String text(String name, JsonNode value, Path file) {
    if (value.isValueNode()) {
      return value.asText();
    }
    List<String> items = new ArrayList<>();
    for (JsonNode item : value) {
      if (!item.isValueNode() || item.asText().contains(",")) {
        throw new Misconfigured(
            "'%s' in %s is a list of something else than plain values.".formatted(name, file));
      }
      items.add(item.asText());
    }
    return String.join(",", items);
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("wrong syntax").strip().replaceAll("\\.$", "");
  }
}
