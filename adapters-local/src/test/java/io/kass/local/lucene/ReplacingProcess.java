package io.kass.local.lucene;

import static io.kass.ports.index.ChunkBuilder.chunk;

import io.kass.ports.Json;
import io.kass.ports.embedding.Vector;
import io.kass.ports.index.Replacement;
import io.kass.ports.index.StoredChunk;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Replaces documents round after round until it is killed, and says each time which state is
 * durable. Arguments: directory, first round.
 */
final class ReplacingProcess {
  static final int DOCUMENTS = 3;

  private ReplacingProcess() {}

  public static void main(String[] arguments) {
    int first = Integer.parseInt(arguments[1]);
    // Small enough that some replacements go through a file.
    try (TestIndex index = TestIndex.open(Path.of(arguments[0]), "buffered-chunks", "5")) {
      for (int round = first; ; round++) {
        for (int document = 0; document < DOCUMENTS; document++) {
          replace(index, document, round);
          System.out.println(document + " " + round);
          System.out.flush();
        }
      }
    }
  }

  private static void replace(TestIndex index, int document, int round) {
    String name = "document" + document;
    try (Replacement replacement =
        index.index().replace(TestIndex.scope(), TestIndex.stamp(name, order(round)))) {
      for (StoredChunk chunk : chunks(document, round)) {
        replacement.add(List.of(chunk));
      }
      replacement.commit();
    }
  }

  static String order(int round) {
    return String.format("%09d", round);
  }

  /** A document's chunks in a round: their number and every part of them tells which. */
  static List<StoredChunk> chunks(int document, int round) {
    int count = 1 + (7 * round + 3 * document) % 11;
    List<StoredChunk> chunks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String text = "common word, document %d, round %d, chunk %d".formatted(document, round, i);
      Vector vector = Vector.of(1, round, i, document, 0, 0, 0, 0);
      chunks.add(
          chunk("document" + document, text)
              .vector(vector)
              .with("round", Json.of(round))
              .sentence(0, text.length(), vector)
              .build());
    }
    return chunks;
  }
}
