package io.kass.core.chunking;

import static org.assertj.core.api.Assertions.assertThat;

import io.kass.ports.document.Locator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MarkdownChunkerTest extends ChunkerRules {
  private static final String LONG = "This sentence has some length of its own. ".repeat(2).strip();

  @Override
  Chunker chunker(ChunkSizes sizes) {
    return new MarkdownChunker(sizes);
  }

  @Test
  void aHeadingBeginsAChunkAndNamesItsPlace() {
    List<ChunkDraft> chunks =
        cut(
            200,
            """
            # Handbook

            %1$s

            ## Leave

            %1$s

            ### Sick leave ###

            %1$s

            Expenses
            --------

            %1$s
            """
                .formatted(LONG));
    assertThat(chunks.stream().map(chunk -> chunk.place().headings()))
        .containsExactly(
            List.of("Handbook"),
            List.of("Handbook", "Leave"),
            List.of("Handbook", "Leave", "Sick leave"),
            List.of("Handbook", "Expenses"));
    assertThat(Cuts.texts(chunks))
        .allMatch(text -> text.endsWith("of its own."))
        .satisfiesExactly(
            text -> assertThat(text).startsWith("# Handbook"),
            text -> assertThat(text).startsWith("## Leave"),
            text -> assertThat(text).startsWith("### Sick leave ###"),
            text -> assertThat(text).startsWith("Expenses\n---"));
    assertThat(chunks.get(1).place().locator()).isEqualTo(new Locator.Lines(5, 7));
  }

  @Test
  void headingsAreNamedWithoutTheirMarkup() {
    List<ChunkDraft> chunks =
        cut(
            400,
            "# **Using** `kass` with [the CLI](https://kass.io \"x\") ![logo](l.png) a_b \\# <br>"
                + " {#cli} #\n\n"
                + LONG);
    assertThat(chunks.getFirst().place().headings())
        .containsExactly("Using kass with the CLI logo a_b #");
  }

  @Test
  void shortSectionsOfOneParentAreKeptTogether() {
    String text =
        """
        # Card

        ## Limit

        It is 500.

        ## Fee

        It is 20.

        ## Support

        %s
        """
            .formatted(LONG.repeat(3));
    List<ChunkDraft> chunks = cut(400, text);
    assertThat(Cuts.texts(chunks)).hasSize(1);
    assertThat(chunks.getFirst().place().headings()).containsExactly("Card");

    assertThat(Cuts.texts(cut(200, text)).getFirst()).contains("It is 500.").contains("It is 20.");
  }

  @Test
  void aShortSectionIsNotPutUnderAnotherParent() {
    String text =
        "# A\n\n## One\n\n" + LONG + "\n\n### Note\n\nSee B.\n\n# B\n\n" + LONG + LONG + "\n";
    List<ChunkDraft> chunks = cut(100, text);
    assertThat(chunks.get(1).text()).isEqualTo("### Note\n\nSee B.");
    assertThat(chunks.get(1).place().headings()).containsExactly("A", "One", "Note");
  }

  @Test
  void whatIsLeftOfAParentStaysWithWhatCameBeforeIfItFits() {
    String text =
        "# A\n\n## One\n\n" + LONG + "\n\n## Two\n\nShort.\n\n# B\n\n" + LONG + LONG + "\n";
    List<ChunkDraft> chunks = cut(200, text);
    assertThat(chunks.getFirst().text()).startsWith("# A").endsWith("## Two\n\nShort.");
    assertThat(chunks.getFirst().place().headings()).containsExactly("A");
    assertThat(chunks.get(1).text()).startsWith("# B");
  }

  @Test
  void aHeadingWithoutTextStaysWithWhatFollows() {
    assertThat(Cuts.texts(cut(200, "# A\n\n## B\n\n### C\n\n" + LONG + "\n"))).hasSize(1);
  }

  @Test
  void codeThatFitsStaysWhole() {
    String code = "```java\n" + "int x = 1;\n\n".repeat(14) + "```";
    String text = "# A\n\nIt is so, and it is so for a reason:\n\n" + code + "\n\nAnd " + LONG;
    assertThat(Cuts.texts(cut(200, text))).contains(code);
    assertThat(Cuts.texts(cut(300, text)).getFirst()).contains(code);
  }

  @Test
  void codeThatDoesNotFitIsCutBetweenLines() {
    String code =
        IntStream.range(0, 30)
            .mapToObj(i -> "    call(" + i + ");")
            .collect(Collectors.joining("\n"));
    List<String> chunks = Cuts.texts(cut(120, "```\n" + code + "\n```\n"));
    assertThat(chunks).hasSizeGreaterThan(3);
    assertThat(chunks.subList(1, chunks.size()))
        .as("repeats whole lines with their indentation")
        .allMatch(chunk -> chunk.startsWith("    call("));
    assertThat(chunks.subList(0, chunks.size() - 1)).allMatch(chunk -> chunk.endsWith(");"));
  }

  @Test
  void whatLooksLikeAHeadingInCodeIsNone() {
    String text =
        "# A\n\n```sh\n# not a title\n```\n\n~~~\n## nor this\n```\n~~~\n\n    # nor that\n\n"
            + LONG;
    assertThat(cut(400, text)).hasSize(1).allMatch(c -> c.place().headings().equals(List.of("A")));
  }

  @Test
  void tablesAreCutBetweenRows() {
    String rows =
        IntStream.range(0, 20)
            .mapToObj(i -> "| row " + i + " | value. And more. |")
            .collect(Collectors.joining("\n"));
    List<String> chunks = Cuts.texts(cut(200, "| a | b |\n|---|---|\n" + rows + "\n"));
    assertThat(chunks).hasSizeGreaterThan(2);
    assertThat(chunks.getFirst()).startsWith("| a | b |\n|---|---|\n| row 0 ");
    assertThat(chunks).allMatch(chunk -> chunk.startsWith("| ") && chunk.endsWith(" |"));
  }

  @Test
  void listsAreCutBetweenItems() {
    String items =
        IntStream.range(0, 12)
            .mapToObj(i -> "- item " + i + ". It says this\n  and that.\n  - nested\n")
            .collect(Collectors.joining());
    List<String> chunks = Cuts.texts(cut(200, items));
    assertThat(chunks).hasSizeGreaterThan(2);
    assertThat(chunks).allMatch(chunk -> chunk.startsWith("- ") && chunk.endsWith("- nested"));
  }

  @Test
  void frontMatterStaysWithWhatFollowsAndNamesNothing() {
    List<ChunkDraft> chunks = cut(200, "---\ntitle: x\n# a: b\n---\n\n# A\n\n" + LONG + "\n");
    assertThat(chunks).hasSize(1);
    assertThat(chunks.getFirst().text()).startsWith("---\ntitle: x");
    assertThat(chunks.getFirst().place().headings()).containsExactly("A");
  }

  @Test
  void aLineAcrossThePageIsNoTitle() {
    List<ChunkDraft> chunks = cut(200, "---\n\ntext\n\n---\n\n| a |\n|---|\n\n- x\n---\n" + LONG);
    assertThat(chunks).allMatch(chunk -> chunk.place().headings().isEmpty());
  }

  @Test
  void aChunkThatBeginsAtAHeadingRepeatsNothing() {
    List<ChunkDraft> chunks = cut(200, "# A\n\n" + LONG.repeat(4) + "\n\n# B\n\n" + LONG + "\n");
    assertThat(chunks.getLast().text()).startsWith("# B");
    assertThat(chunks.get(1).place().begin())
        .as("a long section does repeat")
        .isLessThan(chunks.get(0).place().end());
  }

  private List<ChunkDraft> cut(int size, String text) {
    return Cuts.cut(chunker(new ChunkSizes(size, size / 5)), text);
  }
}
