package io.kass.core.chunking;

import static org.assertj.core.api.Assertions.assertThat;

import io.kass.ports.Json;
import io.kass.ports.Metadata;
import io.kass.ports.document.Block;
import io.kass.ports.document.Locator;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class CodeChunkerTest extends ChunkerRules {
  private static final List<String> LANGUAGES =
      List.of(
          "java",
          "kotlin",
          "python",
          "javascript",
          "typescript",
          "go",
          "rust",
          "c",
          "cpp",
          "csharp",
          "ruby",
          "php",
          "sql",
          "shell");

  /** Every language comes up, since every size does. */
  @Override
  Chunker chunker(ChunkSizes sizes) {
    return new InLanguage(new CodeChunker(sizes), LANGUAGES.get(sizes.size() % LANGUAGES.size()));
  }

  @Override
  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.oneOf(Texts.code(), Texts.code(), Texts.any());
  }

  @ParameterizedTest
  @FieldSource("LANGUAGES")
  void cutsAtDeclarationsAndNamesThem(String language) {
    // A file beside each sample has a line a chunk: its lines, and what they are within.
    assertThat(outline(language, 220, sample(language + ".txt")))
        .isEqualTo(sample(language + ".outline.txt").strip());
  }

  @ParameterizedTest
  @FieldSource("LANGUAGES")
  void smallNeighboursShareAChunk(String language) {
    String text = sample(language + ".txt");
    assertThat(Cuts.cut(in(language, new ChunkSizes(4000, 200)), text)).hasSize(1);
  }

  @Test
  void aLargeFunctionIsCutAtBlankLinesAndRepeatsWholeLines() {
    String statements =
        IntStream.range(0, 12)
            .mapToObj(i -> "  step(%d);\n  more(%d);\n%s".formatted(i, i, i % 4 == 3 ? "\n" : ""))
            .collect(Collectors.joining());
    String text = "function run() {\n" + statements + "}\n";
    List<ChunkDraft> chunks = Cuts.cut(in("javascript", new ChunkSizes(150, 30)), text);
    assertThat(Cuts.texts(chunks).getFirst()).endsWith("more(3);");
    assertThat(Cuts.texts(chunks).get(1)).startsWith("  step(3);\n  more(3);\n\n  step(4);");
    assertThat(chunks).allMatch(chunk -> chunk.place().headings().equals(List.of("run")));
  }

  @Test
  void aBlockIsNotCutBeforeWhatClosesItOrGoesOnWithIt() {
    String text =
        """
        void run() {
          if (one) {
            first();
          } else {
            second();
          }
          third();
        }
        """;
    assertThat(Cuts.texts(Cuts.cut(in("c", new ChunkSizes(60, 0)), text)))
        .noneMatch(chunk -> chunk.startsWith("}") || chunk.startsWith("else"));
  }

  @Test
  void codeThatNoPersonWroteIsCutBetweenStatements() {
    String text = "a=b;".repeat(100);
    assertThat(Cuts.texts(Cuts.cut(in("javascript", new ChunkSizes(50, 0)), text)))
        .allMatch(chunk -> chunk.endsWith("a=b;"));
  }

  @Test
  void aLiteralThatNeverEndsIsGivenUp() {
    String text = "val text = \"\"\"\n" + "  words\n".repeat(6000) + "\nfun last() {\n  run()\n}\n";
    List<ChunkDraft> chunks = Cuts.cut(in("kotlin", new ChunkSizes(1200, 200)), text);
    assertThat(chunks.getLast().place().headings()).containsExactly("last");
  }

  @Test
  void anUnknownLanguageIsCutByWhatMostLanguagesShare() {
    String text =
        """
        module Shop
          class Order
            def total
              lines.sum
            end
          end
        """;
    assertThat(outline("brainstorm", 40, text)).contains("Shop > Order > total");
  }

  @Test
  void theLanguageIsMetadata() {
    assertThat(Cuts.cut(in("go", new ChunkSizes(50, 0)), "package a\n").getFirst().metadata())
        .isEqualTo(Metadata.of(Map.of("language", Json.of("go"))));
  }

  @Test
  void linesAndPathsOfOneDeclaration() {
    String text = "class Account {\n  /** One. */\n  void one() {\n    run();\n  }\n}\n";
    List<ChunkDraft> chunks = Cuts.cut(in("java", new ChunkSizes(50, 0)), text);
    assertThat(chunks.getLast().text()).startsWith("/** One. */\n  void one() {");
    assertThat(chunks.getLast().place().headings()).containsExactly("Account", "one");
    assertThat(chunks.getLast().place().locator()).isEqualTo(new Locator.Lines(2, 6));
  }

  @Property(tries = 300)
  void brokenCodeIsCutToo(
      @ForAll @IntRange(max = 13) int language, @ForAll @IntRange(max = 1500) int length) {
    String text = sample(LANGUAGES.get(language) + ".txt");
    String broken = text.substring(0, Math.min(length, text.length()));
    String rest = text.substring(Math.min(length, text.length()));
    for (String part : List.of(broken, rest, rest + broken)) {
      String all =
          String.join(
              "", Cuts.texts(Cuts.cut(in(LANGUAGES.get(language), new ChunkSizes(200, 0)), part)));
      assertThat(withoutBlanks(all)).isEqualTo(withoutBlanks(part));
    }
  }

  private static String withoutBlanks(String text) {
    return text.replaceAll("\\s", "");
  }

  private static String outline(String language, int size, String text) {
    return Cuts.cut(in(language, new ChunkSizes(size, 0)), text).stream()
        .map(CodeChunkerTest::line)
        .collect(Collectors.joining("\n"));
  }

  private static String line(ChunkDraft chunk) {
    var lines = (Locator.Lines) chunk.place().locator();
    return (lines.first() + "-" + lines.last() + " " + String.join(" > ", chunk.place().headings()))
        .strip();
  }

  private static Chunker in(String language, ChunkSizes sizes) {
    return new InLanguage(new CodeChunker(sizes), language);
  }

  private static String sample(String name) {
    try (InputStream in = CodeChunkerTest.class.getResourceAsStream("code/" + name)) {
      if (in == null) {
        throw new IllegalStateException("there is no sample " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes running text for code of a language. */
  private record InLanguage(Chunker chunker, String language) implements Chunker {
    @Override
    public String id() {
      return chunker.id();
    }

    @Override
    public Chunking begin(Consumer<ChunkDraft> chunks) {
      Chunking chunking = chunker.begin(chunks);
      return new Chunking() {
        @Override
        public void accept(Block block) {
          chunking.accept(new Block.Code(language, block.text(), block.place()));
        }

        @Override
        public void finish() {
          chunking.finish();
        }
      };
    }
  }
}
