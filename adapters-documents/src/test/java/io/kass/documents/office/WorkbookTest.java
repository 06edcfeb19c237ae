package io.kass.documents.office;

import static io.kass.documents.office.Workbooks.bold;
import static io.kass.documents.office.Workbooks.format;
import static io.kass.documents.office.Workbooks.merge;
import static io.kass.documents.office.Workbooks.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.kass.documents.TestDocuments;
import io.kass.ports.document.Block;
import io.kass.ports.document.DocumentReader;
import io.kass.ports.document.Locator;
import io.kass.ports.document.ReadDocument;
import io.kass.ports.document.Reading.Cause;
import io.kass.ports.document.SourceType;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.poi.poifs.crypt.EncryptionInfo;
import org.apache.poi.poifs.crypt.EncryptionMode;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.FillPatternType;
import org.apache.poi.ss.usermodel.IndexedColors;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.usermodel.SheetVisibility;
import org.apache.poi.xssf.usermodel.XSSFClientAnchor;
import org.apache.poi.xssf.usermodel.XSSFRichTextString;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkbookTest {
  private static final DocumentReader READER = TestDocuments.reader();

  @Test
  void readsTheListOfFieldsOfAScreen() {
    byte[] workbook =
        Workbooks.of(w -> {
          Sheet sheet = w.createSheet("画面項目");
          row(sheet, 1, "画面項目定義書");
          row(sheet, 3, "No", "項目", null, "必須", "備考");
          row(sheet, 4, null, "論理名", "物理名");
          merge(sheet, "A3:A4");
          merge(sheet, "B3:C3");
          merge(sheet, "D3:D4");
          merge(sheet, "E3:E4");
          row(sheet, 5, 1, "氏名", "name", "○", "全角\n40文字まで");
          row(sheet, 6, 2, "電話番号", "tel");
          row(sheet, 8, 3, "住所", "address", "○");
        });

    assertThat(shown(workbook))
        .containsExactly(
            "H1 画面項目 @1",
            "H2 画面項目定義書 @1",
            "No: 1 | 項目 / 論理名: 氏名 | 項目 / 物理名: name | 必須: ○ | 備考: 全角\n40文字まで @5",
            "No: 2 | 項目 / 論理名: 電話番号 | 項目 / 物理名: tel @6",
            "No: 3 | 項目 / 論理名: 住所 | 項目 / 物理名: address | 必須: ○ @8");
  }

  @Test
  void repeatsALabelThatCoversRows() {
    byte[] workbook =
        Workbooks.of(w -> {
          Sheet sheet = w.createSheet("組織");
          row(sheet, 1, "部", "課", "人数");
          row(sheet, 2, "開発部", "基盤課", 12);
          row(sheet, 3, null, "画面課", 8);
          merge(sheet, "A2:A3");
        });

    assertThat(shown(workbook))
        .containsExactly("H1 組織 @1", "部: 開発部 | 課: 基盤課 | 人数: 12 @2", "部: 開発部 | 課: 画面課 | 人数: 8 @3");
  }

  @Test
  void readsSquaredPaperByWhatCoversIt() {
    byte[] workbook =
        Workbooks.of(w -> {
          XSSFSheet sheet = w.createSheet("設計");
          for (int i = 0; i < 40; i++) {
            sheet.setColumnWidth(i, 512);
          }
          sheet.createRow(0).createCell(0).setCellValue("画面ID");
          sheet.getRow(0).createCell(6).setCellValue("SCR-001");
          sheet.getRow(0).createCell(12).setCellValue("画面名");
          sheet.getRow(0).createCell(18).setCellValue("ログイン");
          sheet.createRow(1).createCell(0).setCellValue("作成者");
          sheet.getRow(1).createCell(6).setCellValue("田中");
          for (String area : List.of("A1:F1", "G1:L1", "M1:R1", "S1:Z1", "A2:F2", "G2:L2")) {
            merge(sheet, area);
          }
          String[][] table = {{"No", "処理", "備考"}, {"1", "入力", "必須"}, {"2", "送信", ""}};
          for (int i = 0; i < table.length; i++) {
            int at = i + 5;
            sheet.createRow(at - 1).createCell(0).setCellValue(table[i][0]);
            sheet.getRow(at - 1).createCell(2).setCellValue(table[i][1]);
            sheet.getRow(at - 1).createCell(10).setCellValue(table[i][2]);
            merge(sheet, "A" + at + ":B" + at);
            merge(sheet, "C" + at + ":J" + at);
            merge(sheet, "K" + at + ":Z" + at);
          }
        });

    assertThat(shown(workbook))
        .containsExactly(
            "H1 設計 @1",
            "画面ID | SCR-001 | 画面名 | ログイン\n作成者 | 田中\n @1-2",
            "No: 1 | 処理: 入力 | 備考: 必須 @6",
            "No: 2 | 処理: 送信 @7");
  }

  /** A design document as they are written: a block of labels, numbered chapters, lists. */
  @Test
  void readsFormsAndChaptersAsTheyAreMeant() {
    byte[] workbook =
        Workbooks.of(w -> {
          Sheet sheet = w.createSheet("設計");
          row(sheet, 1, "画面定義書", "システム名", "販売管理", "作成日", "2024/04/01");
          row(sheet, 2, null, "画面名", "受注入力", "作成者", "田中");
          merge(sheet, "A1:A2");
          for (int i = 0; i < 2; i++) {
            for (Cell cell : sheet.getRow(i)) {
              if (cell.getColumnIndex() % 2 == 1) {
                cell.setCellStyle(filled(w));
              }
            }
          }
          row(sheet, 4, "1. 概要");
          row(sheet, 5, "受注情報を入力する画面である。");
          row(sheet, 6, "2. 処理");
          row(sheet, 7, "①", "入力チェックを行う。");
          row(sheet, 8, "②", "在庫を引き当てる。");
          row(sheet, 10, "■ 制限");
          row(sheet, 11, "3. 得意先は登録済みであること。");
        });

    assertThat(shown(workbook))
        .containsExactly(
            "H1 設計 @1",
            "画面定義書 | システム名: 販売管理 | 作成日: 2024/04/01\n画面名: 受注入力 | 作成者: 田中\n @1-2",
            "H2 1. 概要 @4",
            "受注情報を入力する画面である。\n @5",
            "H2 2. 処理 @6",
            "① 入力チェックを行う。\n② 在庫を引き当てる。\n @7-8",
            "H2 ■ 制限 @10",
            "3. 得意先は登録済みであること。\n @11");
  }

  private static CellStyle filled(XSSFWorkbook workbook) {
    CellStyle style = workbook.createCellStyle();
    style.setFillForegroundColor(IndexedColors.GREY_25_PERCENT.getIndex());
    style.setFillPattern(FillPatternType.SOLID_FOREGROUND);
    return style;
  }

  @Test
  void takesEmphasisForAHeader() {
    byte[] workbook =
        Workbooks.of(w -> {
          Sheet sheet = w.createSheet("Owners");
          row(sheet, 1, "System", "Owner");
          bold(sheet, 1);
          row(sheet, 2, "Billing", "Tanaka");
          row(sheet, 3, "Search", "Suzuki");
        });

    assertThat(shown(workbook))
        .containsExactly(
            "H1 Owners @1",
            "System: Billing | Owner: Tanaka @2",
            "System: Search | Owner: Suzuki @3");
  }

  @Test
  void inventsNoHeader() {
    byte[] workbook =
        Workbooks.of(w -> {
          Sheet sheet = w.createSheet("data");
          row(sheet, 1, "りんご", 100);
          row(sheet, 2, "みかん", 80);
          row(sheet, 3, "ぶどう", 300);
        });

    assertThat(shown(workbook))
        .containsExactly("H1 data @1", ": りんご | : 100 @1", ": みかん | : 80 @2", ": ぶどう | : 300 @3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "45000; yyyy/m/d; 2023/3/15",
        "45000; [$-411]ggge\"年\"m\"月\"d\"日\"; 令和5年3月15日",
        "45000; [$-411]ge.m.d; R5.3.15",
        "45000; yyyy\"年\"m\"月\"d\"日\"(aaa); 2023年3月15日(水)",
        "45000.75; m/d h:mm; 3/15 18:00",
        "1.5; [h]:mm; 36:00",
        "0.125; 0.0%; 12.5%",
        "1234567.5; #,##0.00; 1,234,567.50",
        "1200; \"¥\"#,##0; ¥1,200",
        "7; 000; 007",
        "-5; '#,##0;[Red]△#,##0'; △5",
        "1500; '[>=1000]#,##0\"円\";[<0]\"赤字\"0;0.0'; 1,500円",
        "1500; '[=1]\"済\";[=2]\"未\";0_ '; 1500",
        "2; '0;-0;;@'; 2",
        "0.1; General; 0.1",
        "12345678901; General; 12345678901",
        "59; yyyy/mm/dd; 1900/02/28",
        "61; yyyy/mm/dd; 1900/03/01"
      })
  void showsNumbersAsTheyAreShown(double value, String code, String shown) {
    byte[] workbook =
        Workbooks.of(w -> {
          Sheet sheet = w.createSheet("a");
          row(sheet, 1, value);
          sheet.getRow(0).getCell(0).setCellStyle(format(sheet, code));
        });

    assertThat(shown(workbook)).last().isEqualTo(shown + "\n @1");
  }

  @Test
  void countsDaysFrom1904WhereTheWorkbookDoes() {
    byte[] workbook =
        Workbooks.of(w -> {
          w.getCTWorkbook().addNewWorkbookPr().setDate1904(true);
          Sheet sheet = w.createSheet("a");
          row(sheet, 1, 43538);
          sheet.getRow(0).getCell(0).setCellStyle(format(sheet, "yyyy/m/d"));
        });

    assertThat(shown(workbook)).last().isEqualTo("2023/3/15\n @1");
  }

  @Tag("D12")
  @Test
  void readsWhatFormulasWereLastAndNeverComputesThem() {
    byte[] workbook =
        Workbooks.changed(
            Workbooks.of(w -> {
              Sheet sheet = w.createSheet("a");
              row(sheet, 1, "合計", 1);
              row(sheet, 2, "誤り", 1);
            }),
            (name, text) ->
                name.endsWith("sheet1.xml")
                    ? text.replaceFirst(
                            "<c r=\"B1\"[^>]*><v>[^<]*</v></c>",
                            "<c r=\"B1\"><f>SUM([1]Other!A1:A9)</f><v>42</v></c>")
                        .replaceFirst(
                            "<c r=\"B2\"[^>]*><v>[^<]*</v></c>",
                            "<c r=\"B2\" t=\"e\"><f>1/0</f><v>#DIV/0!</v></c>")
                    : text);

    assertThat(shown(workbook)).containsExactly("H1 a @1", ": 合計 | : 42 @1", ": 誤り | : #DIV/0! @2");
  }

  @Test
  void leavesOutHowCharactersAreRead() {
    byte[] workbook =
        Workbooks.changed(
            Workbooks.of(w -> row(w.createSheet("a"), 1, "東京")),
            (name, text) ->
                name.endsWith("sharedStrings.xml")
                    ? text.replace(
                        "<t>東京</t>",
                        "<r><t>東</t></r><r><t>京_x000D_</t></r><rPh sb=\"0\""
                            + " eb=\"2\"><t>トウキョウ</t></rPh>")
                    : text);

    assertThat(shown(workbook)).last().isEqualTo("東京\n @1");
  }

  @Test
  void readsNotesAndShapesAndHiddenSheets() {
    byte[] workbook =
        Workbooks.of(w -> {
          XSSFSheet sheet = w.createSheet("a");
          row(sheet, 1, "値段", "税");
          var drawing = sheet.createDrawingPatriarch();
          var note = drawing.createCellComment(new XSSFClientAnchor(0, 0, 0, 0, 1, 0, 3, 3));
          note.setString(new XSSFRichTextString("税率は10%"));
          sheet.getRow(0).getCell(1).setCellComment(note);
          drawing.createTextbox(new XSSFClientAnchor(0, 0, 0, 0, 1, 4, 3, 8)).setText("要確認");
          row(w.createSheet("mast"), 1, "区分");
          w.setSheetVisibility(1, SheetVisibility.HIDDEN);
          row(w.createSheet("macro"), 1, "never");
          w.setSheetVisibility(2, SheetVisibility.VERY_HIDDEN);
        });

    assertThat(shown(workbook))
        .containsExactly(
            "H1 a @1", "値段 | 税\n\nB1: 税率は10%\n @1", "要確認\n @5", "H1 mast @1", "区分\n @1");
  }

  @Tag("D7")
  @ParameterizedTest
  @ValueSource(strings = {"a.txt", "a.docx", "a.pdf", "a", "a.html"})
  void knowsAWorkbookWhateverItsName(String name) {
    byte[] workbook = Workbooks.of(w -> row(w.createSheet("a"), 1, "Ask early."));

    ReadDocument document = ReadDocument.of(READER, name, workbook);

    assertThat(document.type()).isEqualTo(SourceType.SPREADSHEET);
  }

  @Tag("D10")
  @ParameterizedTest
  @ValueSource(strings = {"agile", "standard"})
  void saysThatAPasswordIsMissing(String mode) throws Exception {
    byte[] plain = Workbooks.of(w -> row(w.createSheet("a"), 1, "Secret."));
    var out = new ByteArrayOutputStream();
    try (var files = new POIFSFileSystem()) {
      var encryptor = new EncryptionInfo(EncryptionMode.valueOf(mode)).getEncryptor();
      encryptor.confirmPassword("open sesame");
      try (var stream = encryptor.getDataStream(files)) {
        stream.write(plain);
      }
      files.writeFilesystem(out);
    }

    ReadDocument document = ReadDocument.of(READER, "a.xlsx", out.toByteArray());

    assertThat(document.cause()).isEqualTo(Cause.ENCRYPTED);
    assertThat(document.message()).contains("password");
  }

  static List<String> shown(byte[] workbook) {
    ReadDocument document = ReadDocument.of(READER, "a.xlsx", workbook);
    assertThat(document.type()).isEqualTo(SourceType.SPREADSHEET);
    return document.blocks().stream().map(WorkbookTest::shown).toList();
  }

  private static String shown(Block block) {
    var rows = (Locator.Rows) block.place().locator();
    String place = " @" + rows.first() + (rows.last() == rows.first() ? "" : "-" + rows.last());
    return switch (block) {
      case Block.Heading heading -> "H" + heading.level() + " " + heading.text() + place;
      case Block.TableRow row ->
          row.cells().stream()
                  .map(cell -> cell.column() + ": " + cell.value())
                  .collect(Collectors.joining(" | "))
              + place;
      default -> block.text() + place;
    };
  }
}
