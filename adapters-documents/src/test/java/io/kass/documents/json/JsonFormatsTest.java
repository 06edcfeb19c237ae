package io.kass.documents.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.kass.documents.TestDocuments;
import io.kass.ports.document.Block;
import io.kass.ports.document.Block.TableRow;
import io.kass.ports.document.DocumentReader;
import io.kass.ports.document.Locator;
import io.kass.ports.document.ReadDocument;
import io.kass.ports.document.Reading.Cause;
import io.kass.ports.document.SourceType;
import java.nio.charset.Charset;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFormatsTest {
  private final DocumentReader reader = TestDocuments.reader();

  @Test
  void makesRowsOfArraysAndOfNamedValues() {
    String text =
        """
        {
          "name": "shop",
          "limits": {"orders": 10.50,
                     "open": true},
          "items": [
            {"id": 1, "tags": ["a", "b"],
             "size": {"w": 2}},
            {"id": 2, "parts": [{"n": "x"}]}
          ],
          "note": null,
          "codes": [1, 2, 3]
        }
        """;

    ReadDocument document = read("shop.json", text);

    assertThat(document.type()).isEqualTo(SourceType.SPREADSHEET);
    assertThat(rows(document))
        .containsExactly(
            "2-2 [] [name=shop]",
            "3-4 [limits] [orders=10.50][open=true]",
            "6-7 [items] [id=1][tags=a, b][size.w=2]",
            "8-8 [items] [id=2][parts[0].n=x]",
            "11-11 [codes] [=1][=2][=3]");
  }

  @Tag("D7")
  @ParameterizedTest
  @ValueSource(strings = {"a.json", "a.log", "a.txt", "a.md", "a.csv", "a"})
  void knowsJsonWhateverItsName(String name) {
    assertThat(rows(read(name, "[{\"a\": 1}]"))).containsExactly("1-1 [] [a=1]");
  }

  @Tag("D7")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "[draft] Ask early.",
        "{name} is a placeholder",
        "[1] Smith, J.: On leave.",
        "[]("
      })
  void takesNoProseForJson(String text) {
    assertThat(read("notes.txt", text).type()).isEqualTo(SourceType.TEXT);
  }

  @Test
  void readsSettingsWithComments() {
    assertThat(
            rows(
                read("tsconfig.json", "// ours\n{\"strict\": true, /* all */ \"lib\": [\"x\",],}")))
        .contains("2-2 [] [strict=true]");
  }

  @Test
  void leavesOutPicturesAndFiles() {
    String text = "{\"name\": \"logo\", \"data\": \"" + "iVBORw0KGgo".repeat(200) + "\"}";

    assertThat(rows(read("a.json", text))).containsExactly("1-1 [] [name=logo]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\": [1, 2",
        "{\"a\": 1} and more",
        "{\"a\": \"open",
        "{\"a\": 1,, \"b\": 2}",
        "{a: 1}"
      })
  void refusesWhatIsNotWhole(String text) {
    ReadDocument document = read("a.json", text);

    assertThat(document.cause()).isEqualTo(Cause.DAMAGED);
    assertThat(document.message()).startsWith("Its JSON").doesNotContain("com.fasterxml");
  }

  @Tag("D14")
  @Test
  void refusesWhatIsNestedTooDeepAndNumbersWithoutEnd() {
    assertThat(read("a.json", "[".repeat(100_000) + "]".repeat(100_000)).cause())
        .isEqualTo(Cause.TOO_LARGE);
    assertThat(read("a.json", "{\"a\": " + "1".repeat(1 << 20) + "}").cause())
        .isEqualTo(Cause.TOO_LARGE);
  }

  @Test
  void takesTheLastOfMembersWithTheSameNameWithinRows() {
    assertThat(rows(read("a.json", "[{\"a\": 1, \"a\": 2, \"b\": NaN}]")))
        .containsExactly("1-1 [] [a=2][b=NaN]");
  }

  @Tag("D13")
  @Test
  void decodesShiftJis() {
    String text = "[{\"品名\": \"表示灯\", \"備考\": \"在庫はありません。発注してください。\"}]";

    assertThat(
            rows(ReadDocument.of(reader, "a.json", text.getBytes(Charset.forName("windows-31j")))))
        .containsExactly("1-1 [] [品名=表示灯][備考=在庫はありません。発注してください。]");
  }

  @Test
  void readsLinesAndKeepsBadOneAsItStands() {
    String good = "{\"level\": \"info\", \"n\": 1}\n";
    String text = good.repeat(5000) + "{\"level\": \"err\n" + good.repeat(5000) + "{\"cut";

    List<String> rows = rows(read("app.log", text));

    assertThat(rows).hasSize(10_002);
    assertThat(rows.get(5000)).isEqualTo("5001-5001 [] [={\"level\": \"err]");
    assertThat(rows.get(5001)).isEqualTo("5002-5002 [] [level=info][n=1]");
    assertThat(rows.getLast()).isEqualTo("10002-10002 [] [={\"cut]");
  }

  @Test
  void refusesLinesOfWhichManyAreBad() {
    ReadDocument document = read("a.jsonl", "{\"a\": 1}\n{\"b\": 2}\n" + "oops\n".repeat(3));

    assertThat(document.cause()).isEqualTo(Cause.DAMAGED);
    assertThat(document.message()).contains("3 of its 5 lines");
  }

  @Tag("D15")
  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", "[null, \" \"]"})
  void takesJsonWithoutTextForNothing(String text) {
    assertThat(read("a.json", text).cause()).isEqualTo(Cause.EMPTY);
  }

  private ReadDocument read(String name, String text) {
    return ReadDocument.of(reader, name, text);
  }

  private static List<String> rows(ReadDocument document) {
    return document.blocks().stream().map(JsonFormatsTest::row).toList();
  }

  private static String row(Block block) {
    var lines = (Locator.Lines) block.place().locator();
    String cells =
        ((TableRow) block)
            .cells().stream()
                .map(cell -> "[" + cell.column() + "=" + cell.value() + "]")
                .collect(Collectors.joining());
    return lines.first() + "-" + lines.last() + " " + block.place().headings() + " " + cells;
  }
}
