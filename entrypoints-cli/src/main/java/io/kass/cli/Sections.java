package io.kass.cli;

import io.kass.cli.config.KassConfig;
import io.kass.cli.config.PricesConfig;
import io.kass.core.assistant.AnswerLimits;
import io.kass.core.assistant.AssistantSettings;
import io.kass.core.chunking.ChunkingSettings;
import io.kass.core.ingestion.IngestionSettings;
import io.kass.documents.format.DocumentLimits;
import io.kass.local.EmbeddedConfig;
import io.kass.local.LegacyConfig;
import io.kass.local.chat.ChatConfig;
import io.kass.local.chroma.ChromaConfig;
import io.kass.local.embedding.EmbeddingConfig;
import io.kass.local.postgres.PostgresConfig;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The sections of the configuration that other parts of KASS read, and how they come. */
final class Sections {
  private static final EmbeddedConfig EMBEDDED = EmbeddedConfig.in(Path.of(""));

  /** By name: what each section holds where nothing is set. */
  static final Map<String, Record> DEFAULTS =
      new TreeMap<>(
          Map.of(
              "answers", AssistantSettings.DEFAULTS,
              "chat", ChatConfig.DEFAULTS,
              "chunking", ChunkingSettings.DEFAULTS,
              "documents", DocumentLimits.DEFAULT,
              "embedded", EMBEDDED,
              "ingestion", IngestionSettings.DEFAULTS,
              "legacy",
                  new LegacyConfig(
                      ChromaConfig.DEFAULTS,
                      PostgresConfig.DEFAULTS,
                      EmbeddingConfig.DEFAULTS,
                      Path.of("embedding-data"),
                      EMBEDDED),
              "limits", AnswerLimits.DEFAULTS,
              "prices", PricesConfig.DEFAULTS));

  private Sections() {}

  /**
   * Reads every section, so that a mistake shows now and not when a part of KASS is first used.
   *
   * @return what they hold, by name
   * @throws io.kass.ports.error.KassException.Misconfigured when a setting does not fit
   */
  static Map<String, Record> read(KassConfig config) {
    var read = new TreeMap<String, Record>();
    DEFAULTS.forEach((name, defaults) -> read.put(name, config.read(name, defaults)));
    read.put("backend", config.backend());
    read.put("data", config.data());
    read.put("output", config.output());
    return read;
  }
}
