package io.kass.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Search and answers are as good as they were: the command over its real parts, on the judged sets,
 * against the figures that were recorded beside them. Those are recorded anew, on purpose and to be
 * looked at in the diff, by the command that stands in their first line.
 */
class JudgedSetTest {
  private static final Path SETS = Path.of("..", "benchmarks", "judged");

  private static final String HOW =
      "# scripts/mvn -q -Dquick -pl entrypoints-cli -am test -Dtest=JudgedSetTest"
          + " -Dsurefire.failIfNoSpecifiedTests=false -Dkass.record=true";

  /** A figure may be this much worse, and not a question more. */
  private static final double MARGIN = 0.02;

  /** The figures that must not fall, by where {@code kass eval --json} has them. */
  private static final Map<String, String> KEPT = kept();

  /** The one figure that must not rise. */
  private static final String FALSELY_DECLINED = "falsely-declined";

  @TempDir static Path cache;

  @TempDir Path home;

  @ParameterizedTest
  @ValueSource(strings = {"en", "ja"})
  void isAsGoodAsRecorded(String language) throws IOException {
    Map<String, Double> measured = measured(language);
    Path file = SETS.resolve(language).resolve("recorded.txt");
    if (Boolean.getBoolean("kass.record")) {
      write(file, measured);
    }

    Map<String, Double> recorded = read(file);

    assertThat(measured).containsOnlyKeys(recorded.keySet());
    assertThat(measured.get("questions")).as("questions").isEqualTo(recorded.get("questions"));
    List<String> worse =
        measured.keySet().stream()
            .filter(name -> worsening(name, measured, recorded) > MARGIN)
            .toList();
    assertThat(worse).as("worse than recorded; now %s, then %s", measured, recorded).isEmpty();
  }

  private static double worsening(
      String name, Map<String, Double> measured, Map<String, Double> recorded) {
    double fallen = recorded.getOrDefault(name, 1.0) - measured.getOrDefault(name, 0.0);
    return name.equals(FALSELY_DECLINED) ? -fallen : fallen;
  }

  private static Map<String, String> kept() {
    var kept = new LinkedHashMap<String, String>();
    for (String mode : List.of("keyword", "vector", "hybrid")) {
      for (String metric : List.of("recall@5", "ndcg@10")) {
        kept.put(mode + "." + metric, "/retrieval/" + mode + "/" + metric);
      }
    }
    kept.put("contained-in-1-quote", "/answers/contained_in_1_quote");
    kept.put("contained-in-2-quotes", "/answers/contained_in_2_quotes");
    kept.put("declined-off-topic", "/kinds/off-topic/declined");
    kept.put("auroc", "/answers/auroc");
    return kept;
  }

  private Map<String, Double> measured(String language) throws IOException {
    Path set = SETS.resolve(language).toRealPath();
    JsonNode report =
        new Cli(home)
            .with("XDG_CACHE_HOME", cache.toString())
            .run(
                "eval",
                set.resolve("questions.jsonl").toString(),
                "--docs",
                set.resolve("documents").toString(),
                "--json")
            .json();
    Map<String, Double> measured = new TreeMap<>();
    KEPT.forEach((name, at) -> measured.put(name, figure(report, at + "/value")));
    measured.put(FALSELY_DECLINED, figure(report, "/answers/falsely_declined/value"));
    measured.put("questions", figure(report, "/questions"));
    return measured;
  }

  /** To four places, as it is recorded. */
  private static double figure(JsonNode report, String at) {
    JsonNode value = report.at(at);
    assertThat(value.isNumber()).as("%s of %s", at, report).isTrue();
    return Math.rint(value.asDouble() * 10_000) / 10_000;
  }

  private static void write(Path file, Map<String, Double> figures) throws IOException {
    var lines = new ArrayList<String>();
    lines.add(HOW);
    figures.forEach((name, value) ->
        lines.add(String.format(Locale.ROOT, "%s %s", name, Double.toString(value))));
    Files.write(file, lines);
  }

  private static Map<String, Double> read(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    assertThat(lines).first().isEqualTo(HOW);
    Map<String, Double> figures = new TreeMap<>();
    for (String line : lines.subList(1, lines.size())) {
      int space = line.indexOf(' ');
      figures.put(line.substring(0, space), Double.valueOf(line.substring(space + 1)));
    }
    return figures;
  }
}
