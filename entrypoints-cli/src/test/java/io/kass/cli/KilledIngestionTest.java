package io.kass.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kass.ports.Cursor;
import io.kass.ports.KeyRange;
import io.kass.ports.TestJvm;
import io.kass.ports.TestScopes;
import io.kass.ports.backend.Backend;
import io.kass.ports.index.StoredChunk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * SIGKILL at any moment leaves the old or the new state of each document. {@code -Dkass.kills=100}
 * is the full run, {@code -Dkass.seed} repeats one.
 */
class KilledIngestionTest {
  private static final int KILLS = Integer.getInteger("kass.kills", 12);
  private static final int LONGEST_MILLIS = 700;
  private static final Pattern PARAGRAPH =
      Pattern.compile("Document (\\d+) version (\\d+) paragraph (\\d+) of (\\d+)\\.");

  @TempDir Path temp;

  @Test
  @Tag("D5")
  @Timeout(value = 30, unit = TimeUnit.MINUTES)
  void everyDocumentIsWhollyOldOrNew() throws Exception {
    long seed = Long.getLong("kass.seed", System.nanoTime());
    System.out.println("kills: " + KILLS + ", -Dkass.seed=" + seed);
    var random = new Random(seed);
    Path folder = Files.createDirectories(temp.resolve("folder"));
    int version = 1;
    for (int kill = 0; kill < KILLS; kill++) {
      Process process = start(folder, version);
      Thread.sleep(random.nextInt(LONGEST_MILLIS));
      process.destroyForcibly().waitFor();
      version = Math.max(version, checked()) + 1;
    }
    try (Backend backend = EndlessIngestion.open(data(), assets(), false)) {
      for (int document = 0; document < EndlessIngestion.DOCUMENTS; document++) {
        EndlessIngestion.write(folder, document, version);
      }
      EndlessIngestion.ingest(backend, folder);
    }
    assertThat(checked()).isEqualTo(version);
    assertThat(versions(paragraphs())).hasSize(EndlessIngestion.DOCUMENTS);
  }

  private Process start(Path folder, int version) throws IOException {
    Process process =
        TestJvm.of(
                EndlessIngestion.class,
                folder.toString(),
                data().toString(),
                assets().toString(),
                Integer.toString(version))
            .start();
    var said = new StringBuilder();
    String line = process.inputReader().readLine();
    while (line != null && !line.equals("ready")) {
      said.append(line).append('\n');
      line = process.inputReader().readLine();
    }
    if (line == null) {
      process.destroyForcibly();
    }
    assertThat(line).as(said.toString()).isEqualTo("ready");
    return process;
  }

  /** The latest version that is there, each document being whole. */
  private int checked() {
    Map<Integer, Set<String>> paragraphs = paragraphs();
    return versions(paragraphs).values().stream().mapToInt(Integer::intValue).max().orElse(0);
  }

  /** The version of each document, which must be one, with all its paragraphs. */
  private static Map<Integer, Integer> versions(Map<Integer, Set<String>> paragraphs) {
    var versions = new HashMap<Integer, Integer>();
    paragraphs.forEach((document, found) -> {
      Matcher first = PARAGRAPH.matcher(found.iterator().next());
      assertThat(first.matches()).isTrue();
      int version = Integer.parseInt(first.group(2));
      var whole = new TreeSet<String>();
      Matcher all = PARAGRAPH.matcher(EndlessIngestion.text(document, version));
      while (all.find()) {
        whole.add(all.group());
      }
      assertThat(found).as("the paragraphs of document %d", document).isEqualTo(whole);
      versions.put(document, version);
    });
    return versions;
  }

  private Map<Integer, Set<String>> paragraphs() {
    var paragraphs = new HashMap<Integer, Set<String>>();
    try (Backend backend = EndlessIngestion.open(data(), assets(), true)) {
      Cursor cursor = Cursor.START;
      while (cursor != null) {
        var page = backend.index().scan(TestScopes.scope(), KeyRange.ALL, cursor, false);
        for (StoredChunk chunk : page.items()) {
          Matcher paragraph = PARAGRAPH.matcher(chunk.chunk().passage());
          while (paragraph.find()) {
            paragraphs
                .computeIfAbsent(Integer.valueOf(paragraph.group(1)), d -> new TreeSet<>())
                .add(paragraph.group());
          }
        }
        cursor = page.next();
      }
    }
    return paragraphs;
  }

  private Path data() {
    return temp.resolve("data");
  }

  private Path assets() {
    return temp.resolve("assets");
  }
}
