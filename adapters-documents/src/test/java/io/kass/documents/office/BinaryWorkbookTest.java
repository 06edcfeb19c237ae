package io.kass.documents.office;

import static io.kass.documents.office.WorkbookTest.shown;
import static io.kass.documents.office.Workbooks.bold;
import static io.kass.documents.office.Workbooks.format;
import static io.kass.documents.office.Workbooks.merge;
import static io.kass.documents.office.Workbooks.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.kass.documents.TestDocuments;
import io.kass.ports.document.DocumentReader;
import io.kass.ports.document.ReadDocument;
import io.kass.ports.document.Reading;
import io.kass.ports.document.Reading.Cause;
import io.kass.ports.document.SourceType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.poi.hssf.record.crypto.Biff8EncryptionKey;
import org.apache.poi.hssf.usermodel.HSSFClientAnchor;
import org.apache.poi.hssf.usermodel.HSSFPatriarch;
import org.apache.poi.hssf.usermodel.HSSFRichTextString;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.usermodel.SheetVisibility;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.ss.util.CellRangeAddress;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BinaryWorkbookTest {
  private static final DocumentReader READER = TestDocuments.reader();

  @Tag("D12")
  @Test
  void readsAsItsSuccessorDoes() {
    Workbooks.Content content =
        workbook -> {
          fields(workbook);
          numbers(workbook);
          Sheet owners = workbook.createSheet("Owners");
          row(owners, 1, "System", "Owner");
          bold(owners, 1);
          row(owners, 2, "Billing", "Tanaka");
          Sheet filtered = workbook.createSheet("Filtered");
          row(filtered, 3, "A-100", "B-200");
          row(filtered, 4, "x", "y");
          filtered.setAutoFilter(CellRangeAddress.valueOf("A3:B4"));
          row(workbook.createSheet("mast"), 1, "区分");
          workbook.setSheetVisibility(workbook.getNumberOfSheets() - 1, SheetVisibility.HIDDEN);
          row(workbook.createSheet("never"), 1, "never");
          workbook.setSheetVisibility(
              workbook.getNumberOfSheets() - 1, SheetVisibility.VERY_HIDDEN);
          row(workbook.createSheet("last"), 1, "end");
        };

    assertThat(shown(Workbooks.binary(content)))
        .containsExactly(
            "H1 画面項目 @1",
            "H2 画面項目定義書 @1",
            "No: 1 | 項目 / 論理名: 氏名 | 項目 / 物理名: name | 必須: ○ | 備考: 全角\n40文字まで @5",
            "No: 2 | 項目 / 論理名: 電話番号 | 項目 / 物理名: tel | 必須: ○ @6",
            "H1 値 @1",
            ": 2023/3/15 | : 12.5% | : 1,234,567.50 | : 36:00 | : TRUE | : 令和5年3月15日 @1",
            ": 2023/3/16 | : 3 | : a-b | : FALSE | : #DIV/0! | : 007 @2",
            "H1 Owners @1",
            "System: Billing | Owner: Tanaka @2",
            "H1 Filtered @3",
            "A-100: x | B-200: y @4",
            "H1 mast @1",
            "区分\n @1",
            "H1 last @1",
            "end\n @1")
        .isEqualTo(shown(Workbooks.of(content::on)));
  }

  private static void fields(Workbook workbook) {
    Sheet sheet = workbook.createSheet("画面項目");
    row(sheet, 1, "画面項目定義書");
    row(sheet, 3, "No", "項目", null, "必須", "備考");
    row(sheet, 4, null, "論理名", "物理名");
    row(sheet, 5, 1, "氏名", "name", "○", "全角\n40文字まで");
    row(sheet, 6, 2, "電話番号", "tel");
    for (String area : new String[] {"A3:A4", "B3:C3", "D3:D4", "E3:E4", "D5:D6"}) {
      merge(sheet, area);
    }
  }

  private static void numbers(Workbook workbook) {
    Sheet sheet = workbook.createSheet("値");
    row(sheet, 1, 45000, 0.125, 1234567.5, 1.5);
    row(sheet, 2, 45001, 7, 7, 7, 7, 7);
    String[] codes = {
      "yyyy/m/d", "0.0%", "#,##0.00", "[h]:mm", "General", "[$-411]ggge\"年\"m\"月\"d\"日\""
    };
    sheet.getRow(0).createCell(4).setCellValue(true);
    sheet.getRow(0).createCell(5).setCellValue(45000);
    for (int i = 0; i < codes.length; i++) {
      sheet.getRow(0).getCell(i).setCellStyle(format(sheet, codes[i]));
    }
    sheet.getRow(1).getCell(0).setCellStyle(format(sheet, "yyyy/m/d"));
    sheet.getRow(1).getCell(1).setCellFormula("1+2");
    sheet.getRow(1).getCell(2).setCellFormula("\"a\"&\"-b\"");
    sheet.getRow(1).getCell(3).setCellFormula("1>2");
    sheet.getRow(1).getCell(4).setCellFormula("1/0");
    sheet.getRow(1).getCell(5).setCellStyle(format(sheet, "000"));
    workbook.getCreationHelper().createFormulaEvaluator().evaluateAll();
  }

  @Test
  void readsNotesAndShapesWhereTheyStand() {
    byte[] workbook =
        Workbooks.binary(w -> {
          Sheet sheet = w.createSheet("a");
          row(sheet, 1, "値段", "税");
          var drawing = (HSSFPatriarch) sheet.createDrawingPatriarch();
          var box =
              drawing.createTextbox(new HSSFClientAnchor(0, 0, 0, 0, (short) 1, 4, (short) 3, 8));
          box.setString(new HSSFRichTextString("要確認"));
          var note =
              drawing.createCellComment(
                  new HSSFClientAnchor(0, 0, 0, 0, (short) 1, 0, (short) 3, 3));
          note.setString(new HSSFRichTextString("税率は10%"));
          sheet.getRow(0).getCell(1).setCellComment(note);
        });

    assertThat(shown(workbook)).containsExactly("H1 a @1", "値段 | 税\n\nB1: 税率は10%\n @1", "要確認\n @5");
  }

  @Tag("D12")
  @Test
  void neverLooksAtMacros() throws IOException {
    byte[] plain = Workbooks.binary(w -> row(w.createSheet("a"), 1, "Ask early."));
    var out = new ByteArrayOutputStream();
    try (var files = new POIFSFileSystem(new ByteArrayInputStream(plain))) {
      var macros = files.createDirectory("_VBA_PROJECT_CUR").createDirectory("VBA");
      macros.createDocument("Module1", new ByteArrayInputStream(new byte[] {1, 2, 3}));
      files.writeFilesystem(out);
    }

    ReadDocument document = ReadDocument.of(READER, "a.xls", out.toByteArray());

    assertThat(document.reading())
        .isEqualTo(new Reading.Complete(SourceType.SPREADSHEET, BinaryWorkbook.MEDIA_TYPE));
    assertThat(document.text()).isEqualTo("aAsk early.\n");
  }

  @Tag("D7")
  @ParameterizedTest
  @ValueSource(strings = {"a.xlsx", "a.csv", "a.doc", "a"})
  void knowsAWorkbookWhateverItsName(String name) {
    byte[] workbook = Workbooks.binary(w -> row(w.createSheet("a"), 1, "Ask early."));

    assertThat(ReadDocument.of(READER, name, workbook).text()).isEqualTo("aAsk early.\n");
  }

  @Tag("D10")
  @Test
  void saysThatAPasswordIsMissing() {
    ReadDocument document = ReadDocument.of(READER, "a.xls", encrypted("open sesame"));

    assertThat(document.cause()).isEqualTo(Cause.ENCRYPTED);
    assertThat(document.message())
        .isEqualTo("It is protected by a password. Save it without one, or leave it out.");
  }

  /** Excel encrypts what is only locked against changes, by a password that everybody knows. */
  @Test
  void readsWhatIsOnlyLocked() {
    assertThat(ReadDocument.of(READER, "a.xls", encrypted("VelvetSweatshop")).text())
        .isEqualTo("aSecret.\n");
  }

  private static byte[] encrypted(String password) {
    Biff8EncryptionKey.setCurrentUserPassword(password);
    try {
      return Workbooks.binary(w -> row(w.createSheet("a"), 1, "Secret."));
    } finally {
      Biff8EncryptionKey.setCurrentUserPassword(null);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"WordDocument;DOCX", "PowerPoint Document;PPTX", "Book;XLSX", "x;Convert"})
  void namesWhatItDoesNotRead(String partAndAdvice) throws IOException {
    String[] parts = partAndAdvice.split(";", -1);
    var out = new ByteArrayOutputStream();
    try (var files = new POIFSFileSystem()) {
      files.createDocument(new ByteArrayInputStream(new byte[5000]), parts[0]);
      files.writeFilesystem(out);
    }

    ReadDocument document = ReadDocument.of(READER, "a.xls", out.toByteArray());

    assertThat(document.cause()).isEqualTo(Cause.UNSUPPORTED);
    assertThat(document.message()).contains(parts[1]).endsWith(", or leave it out.");
  }

  @Test
  void refusesWhatWasCutOff() {
    byte[] whole = many();

    for (int length = 700; length < whole.length - 512; length += 2048) {
      assertThat(ReadDocument.of(READER, "a.xls", Arrays.copyOf(whole, length)).cause())
          .as("%d of %d bytes", length, whole.length)
          .isEqualTo(Cause.DAMAGED);
    }
  }

  @Tag("D8")
  @Test
  void endsWhateverItsBytesSay() {
    byte[] whole = many();
    var random = new SplittableRandom(8);
    DocumentReader reader = TestDocuments.reader(TestDocuments.SMALL);

    for (int i = 0; i < 200; i++) {
      byte[] broken = whole.clone();
      for (int j = 0; j < 20; j++) {
        broken[random.nextInt(broken.length)] = (byte) random.nextInt();
      }
      assertThat(ReadDocument.of(reader, "a.xls", broken).reading()).isNotNull();
    }

    assertThat(ReadDocument.of(reader, "a.xls", whole).text()).contains("row 499");
  }

  private static byte[] many() {
    return Workbooks.binary(w -> {
      Sheet sheet = w.createSheet("a");
      for (int i = 0; i < 500; i++) {
        row(sheet, i + 1, "row " + i, i, "text " + i);
      }
      row(w.createSheet("b"), 1, "last");
    });
  }
}
