package io.kass.documents.csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kass.documents.TestDocuments;
import io.kass.ports.document.Block;
import io.kass.ports.document.Block.TableRow;
import io.kass.ports.document.Block.TableRow.Cell;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvFormatTest {
  private final DocumentReader reader = TestDocuments.reader();

  @Test
  void namesTheColumnsAndTheLines() {
    ReadDocument document =
        read("stock.csv", "Item,Place,Count\nBolt,\"Shelf 1,\nleft\",40\n\nNut,,7\n");

    assertThat(document.type()).isEqualTo(SourceType.SPREADSHEET);
    assertThat(rows(document))
        .containsExactly(
            "2-3 [Item=Bolt][Place=Shelf 1,\nleft][Count=40]", "5-5 [Item=Nut][Count=7]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "Item,Place,Count/Bolt,Left,4/Nut,Right,5",
        "Item;Place;Count/Bolt;Left;4/Nut;Right;5",
        "Item\tPlace\tCount/Bolt\tLeft\t4/Nut\tRight\t5",
        "Item|Place|Count/Bolt|Left|4/Nut|Right|5",
        "sep=^/Item^Place^Count/Bolt^Left^4/Nut^Right^5",
        "\"sep=;\"/Item;Place;Count/Bolt;Left;4/Nut;Right;5"
      })
  void findsTheSeparator(String lines) {
    assertThat(values(read("a.csv", lines.replace('/', '\n'))))
        .containsExactly("[Item=Bolt][Place=Left][Count=4]", "[Item=Nut][Place=Right][Count=5]");
  }

  @Test
  void takesDecimalCommasForNoSeparator() {
    assertThat(values(read("a.csv", "Ware;Preis\nTee;1,50\nKaffee;2,75\n")))
        .containsExactly("[Ware=Tee][Preis=1,50]", "[Ware=Kaffee][Preis=2,75]");
  }

  @Test
  void readsTablesWithoutHeader() {
    assertThat(values(read("a.csv", "1,Bolt,2025-01-02\n2,Nut,2025-01-03\n")))
        .containsExactly("[=1][=Bolt][=2025-01-02]", "[=2][=Nut][=2025-01-03]");
    assertThat(values(read("a.csv", "yes,Bolt\nno,Nut\nyes,Pin\n"))).hasSize(3);
  }

  @Test
  void takesLinesAboveATableForNoHeader() {
    assertThat(rows(read("a.csv", "売上一覧,,\n2024年度\n\n部,課,額\n開発,基盤,12\n営業,東,8\n")))
        .containsExactly(
            "1-1 [=売上一覧]", "2-2 [=2024年度]", "5-5 [部=開発][課=基盤][額=12]", "6-6 [部=営業][課=東][額=8]");
    assertThat(values(read("a.csv", "Item\nBolt\nNut\n")))
        .containsExactly("[Item=Bolt]", "[Item=Nut]");
    assertThat(values(read("a.csv", "Item\nBolt\nNut,2\n"))).first().isEqualTo("[Item=Bolt]");
  }

  @Test
  void takesYearsForTitles() {
    assertThat(values(read("a.csv", "Region,2024,2025\nEast,5,7\n")))
        .containsExactly("[Region=East][2024=5][2025=7]");
  }

  @Test
  void keepsWhatIsRagged() {
    assertThat(values(read("a.csv", "Item,Count\nBolt,1,extra\nNut\n")))
        .containsExactly("[Item=Bolt][Count=1][=extra]", "[Item=Nut]");
  }

  @Test
  void readsQuotesWherePeoplePutThem() {
    assertThat(values(read("a.csv", "Item,Note\npipe 5\" long,\"say \"\"no\"\"\"\nNut,\"a\"b\n")))
        .containsExactly("[Item=pipe 5\" long][Note=say \"no\"]", "[Item=Nut][Note=ab]");
  }

  @Test
  void refusesQuoteThatNeverCloses() {
    ReadDocument document = read("a.csv", "Item,Note\nBolt,fine\nNut,\"open\nPin,x\n".repeat(1));

    assertThat(document.cause()).isEqualTo(Cause.DAMAGED);
    assertThat(document.message())
        .isEqualTo(
            "It is no whole CSV: The quote that opens in line 3 is never closed."
                + " Repair it, or rename it.");
  }

  @Tag("D14")
  @Test
  void refusesRecordWithoutEndSoonAndSaysWhere() {
    ReadDocument document = read("a.csv", "Item,Note\nNut,\"open\n" + "x\n".repeat(2 << 20));

    assertThat(document.cause()).isEqualTo(Cause.DAMAGED);
    assertThat(document.message()).contains("line 2", "quote");
  }

  @Test
  void keepsTableOfNothingButTitles() {
    assertThat(values(read("a.csv", "Item,Count\n"))).containsExactly("[=Item][=Count]");
  }

  @Tag("D13")
  @Test
  void readsWhatJapaneseExcelWrites() {
    String text = "品名,数量,備考\r\nねじ,40,在庫あり\r\n表示灯,3,発注してください\r\n";

    assertThat(
            values(
                ReadDocument.of(reader, "在庫.csv", text.getBytes(Charset.forName("windows-31j")))))
        .containsExactly("[品名=ねじ][数量=40][備考=在庫あり]", "[品名=表示灯][数量=3][備考=発注してください]");
    assertThat(values(ReadDocument.of(reader, "在庫.csv", ("\uFEFF" + text).getBytes(UTF_8))))
        .hasSize(2)
        .allMatch(row -> row.startsWith("[品名="));
  }

  @Tag("D13")
  @Test
  void refusesNul() {
    assertThat(read("a.csv", "Item,Count\nBolt,\0 pieces\n".repeat(20)).cause())
        .isEqualTo(Cause.UNSUPPORTED);
  }

  @Tag("D15")
  @ParameterizedTest
  @ValueSource(strings = {"\n\n", " , ,\n , ,\n", "\t\t\n"})
  void takesWhiteSpaceForNothing(String text) {
    assertThat(read("a.tsv", "\n" + text.replace(',', '\t')).cause()).isEqualTo(Cause.EMPTY);
  }

  @Tag("D7")
  @Test
  void knowsSureTablesWithoutTheirName() {
    String table = "id,name,count\n1,Bolt,4\n2,Nut,5\n3,Pin,6\n";

    assertThat(read("export.txt", table).type()).isEqualTo(SourceType.SPREADSHEET);
    assertThat(read("export", table.replace(',', '\t')).type()).isEqualTo(SourceType.SPREADSHEET);
  }

  @Tag("D7")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "First, second, third.\nFourth, fifth, sixth.\nA, b, c.\nD, e, f.\n",
        "One,two\nThree,four\nFive,six\nSeven,eight\n",
        "| a | b | c |\n| - | - | - |\n| 1 | 2 | 3 |\n| 4 | 5 | 6 |\n",
        "Dear all,\n\nask early, please.\n\nRegards,\nKim\n",
        "2025-01-01 10:00:00,123 INFO started\n2025-01-01 10:00:01,456 INFO ready\n"
      })
  void takesNoProseForTable(String text) {
    assertThat(read("notes.txt", text).type()).isEqualTo(SourceType.TEXT);
  }

  private ReadDocument read(String name, String text) {
    return ReadDocument.of(reader, name, text);
  }

  private static List<String> values(ReadDocument document) {
    return document.blocks().stream().map(CsvFormatTest::values).toList();
  }

  private static List<String> rows(ReadDocument document) {
    return document.blocks().stream()
        .map(block -> {
          var lines = (Locator.Lines) block.place().locator();
          return lines.first() + "-" + lines.last() + " " + values(block);
        })
        .toList();
  }

  private static String values(Block block) {
    return ((TableRow) block)
        .cells().stream().map(CsvFormatTest::cell).collect(Collectors.joining());
  }

  private static String cell(Cell cell) {
    return "[" + cell.column() + "=" + cell.value() + "]";
  }
}
