package io.kass.cli;

import io.kass.core.chunking.Chunkers;
import io.kass.core.ingestion.Ingestion;
import io.kass.core.ingestion.IngestionListener;
import io.kass.core.ingestion.IngestionSettings;
import io.kass.local.EmbeddedBackendFactory;
import io.kass.local.files.FilesModule;
import io.kass.ports.Audience;
import io.kass.ports.TestScopes;
import io.kass.ports.backend.Backend;
import io.kass.ports.backend.BackendContext;
import io.kass.ports.config.ConfigSection;
import io.kass.ports.document.PlainTextReader;
import io.kass.ports.embedding.HashingEmbeddingModel;
import io.kass.ports.telemetry.Telemetry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;

/** Changes a folder and ingests it, over and over, until it is killed. */
final class EndlessIngestion {
  static final int DOCUMENTS = 6;
  static final int DIMENSION = 384;

  private EndlessIngestion() {}

  /** Arguments: the folder, the data directory, the assets, the first version to write. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    try (Backend backend = open(Path.of(arguments[1]), Path.of(arguments[2]), false)) {
      System.out.println("ready");
      for (int version = Integer.parseInt(arguments[3]); ; version++) {
        for (int document = 0; document < DOCUMENTS; document++) {
          write(folder, document, version);
        }
        ingest(backend, folder);
      }
    }
  }

  static void write(Path folder, int document, int version) throws IOException {
    Path part = folder.resolve(".part");
    Files.writeString(part, text(document, version));
    Files.move(part, folder.resolve("d%d.txt".formatted(document)), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Each version of a document has another length, so that chunks come and go. */
  static String text(int document, int version) {
    var text = new StringBuilder();
    int paragraphs = 3 + (version + document) % 5;
    for (int i = 0; i < paragraphs; i++) {
      text.append(
          "Document %d version %d paragraph %d of %d. "
              .formatted(document, version, i, paragraphs));
      text.append("word ".repeat(120)).append("\n\n");
    }
    return text.toString();
  }

  static void ingest(Backend backend, Path folder) {
    new Ingestion(
            backend.index(),
            HashingEmbeddingModel.ofDimension(DIMENSION),
            backend.ledger(),
            new PlainTextReader("plain-1"),
            Chunkers.defaults(),
            InstantSource.system(),
            IngestionSettings.DEFAULTS)
        .run(
            TestScopes.scope(),
            FilesModule.reading(folder, InstantSource.system()),
            "",
            Audience.EVERYONE,
            IngestionListener.none());
  }

  static Backend open(Path data, Path assets, boolean readOnly) {
    return new EmbeddedBackendFactory(assets)
        .create(
            ConfigSection.empty("embedded"),
            new BackendContext(
                InstantSource.system(), Telemetry.none(), data, "chunkers-1", readOnly));
  }
}
