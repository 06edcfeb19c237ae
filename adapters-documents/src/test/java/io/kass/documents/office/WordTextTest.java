package io.kass.documents.office;

import static org.assertj.core.api.Assertions.assertThat;

import io.kass.documents.TestDocuments;
import io.kass.ports.document.Block;
import io.kass.ports.document.DocumentReader;
import io.kass.ports.document.ReadDocument;
import io.kass.ports.document.Reading;
import io.kass.ports.document.Reading.Cause;
import io.kass.ports.document.SourceType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFParagraph;
import org.apache.poi.xwpf.usermodel.XWPFStyle;
import org.apache.poi.xwpf.usermodel.XWPFTable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTStyle;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.STStyleType;

class WordTextTest {
  private static final DocumentReader READER = TestDocuments.reader();

  @Test
  void readsTitlesParagraphsListsAndTables() throws IOException {
    byte[] document =
        document(word -> {
          style(word, "1", "見出し 1");
          style(word, "a7", "heading 2");
          paragraph(word, "1", "移行計画");
          paragraph(word, "", "二段階で移行する。");
          XWPFParagraph item = word.createParagraph();
          item.setNumID(BigInteger.ONE);
          item.createRun().setText("試験");
          paragraph(word, "a7", "担当");
          XWPFTable table = word.createTable(3, 2);
          String[][] cells = {{"役割", "氏名"}, {"責任者", "田中"}, {"", "鈴木"}};
          for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 2; j++) {
              table.getRow(i).getCell(j).setText(cells[i][j]);
            }
          }
          merge(table, 1, true);
          merge(table, 2, false);
        });

    assertThat(shown(document))
        .containsExactly(
            "H1 移行計画", "二段階で移行する。\n- 試験\n", "H2 担当", "役割: 責任者 | 氏名: 田中", "役割: 責任者 | 氏名: 鈴木");
  }

  @Test
  void readsChangesAsAcceptedFieldsByTheirResultsAndTextBoxesOnce() throws IOException {
    byte[] document =
        Workbooks.changed(
            document(word -> paragraph(word, "", "PLACE")),
            (name, text) ->
                name.equals("word/document.xml")
                    ? text.replaceFirst(
                        "<w:p>.*</w:p>|<w:p .*</w:p>",
                        """
                        <w:p><w:r><w:t xml:space="preserve">Ask </w:t></w:r>
                        <w:del><w:r><w:delText>late</w:delText></w:r></w:del>
                        <w:ins><w:r><w:t>early</w:t></w:r></w:ins>
                        <w:moveFrom><w:r><w:t>gone</w:t></w:r></w:moveFrom>
                        <w:hyperlink><w:r><w:t xml:space="preserve">, always</w:t></w:r></w:hyperlink>
                        <w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t xml:space="preserve"> 7</w:t></w:r>
                        <w:r><mc:AlternateContent xmlns:mc="urn:mc"><mc:Choice><w:txbxContent>
                        <w:p><w:r><w:t>In a box</w:t></w:r></w:p></w:txbxContent></mc:Choice>
                        <mc:Fallback><w:p><w:r><w:t>In a box</w:t></w:r></w:p></mc:Fallback>
                        </mc:AlternateContent></w:r></w:p>
                        """)
                    : text);

    assertThat(shown(document)).containsExactly("In a box\n\nAsk early, always 7\n");
  }

  @Test
  void readsFootnotes() throws IOException {
    byte[] document =
        document(word -> {
          XWPFParagraph paragraph = word.createParagraph();
          paragraph.createRun().setText("Within ten days.");
          word.createFootnotes();
          var note = word.createFootnote();
          note.createParagraph().createRun().setText("Working days.");
          paragraph.addFootnoteReference(note);
        });

    assertThat(shown(document)).containsExactly("Within ten days.\n\nWorking days.\n");
  }

  @Tag("D7")
  @Test
  void knowsADocumentByWhatItIs() throws IOException {
    byte[] document = document(word -> paragraph(word, "", "Ask early."));

    ReadDocument read = ReadDocument.of(READER, "a.xlsx", document);

    assertThat(read.reading())
        .isEqualTo(new Reading.Complete(SourceType.TEXT, WordText.MEDIA_TYPE));
    assertThat(ReadDocument.of(READER, "a.docx", document(word -> {})).cause())
        .isEqualTo(Cause.EMPTY);
  }

  private interface Step {
    void on(XWPFDocument document);
  }

  private static byte[] document(Step step) throws IOException {
    try (var document = new XWPFDocument()) {
      step.on(document);
      var out = new ByteArrayOutputStream();
      document.write(out);
      return out.toByteArray();
    }
  }

  private static void style(XWPFDocument document, String id, String name) {
    CTStyle style = CTStyle.Factory.newInstance();
    style.setStyleId(id);
    style.setType(STStyleType.PARAGRAPH);
    style.addNewName().setVal(name);
    document.createStyles().addStyle(new XWPFStyle(style));
  }

  private static void paragraph(XWPFDocument document, String style, String text) {
    XWPFParagraph paragraph = document.createParagraph();
    if (!style.isEmpty()) {
      paragraph.setStyle(style);
    }
    paragraph.createRun().setText(text);
  }

  private static void merge(XWPFTable table, int row, boolean first) {
    var cell = table.getRow(row).getCell(0).getCTTc();
    var properties = cell.isSetTcPr() ? cell.getTcPr() : cell.addNewTcPr();
    var merge = properties.addNewVMerge();
    if (first) {
      merge.setVal(org.openxmlformats.schemas.wordprocessingml.x2006.main.STMerge.RESTART);
    }
  }

  private static List<String> shown(byte[] document) {
    return ReadDocument.of(READER, "a.docx", document).blocks().stream()
        .map(WordTextTest::shown)
        .toList();
  }

  static String shown(Block block) {
    return switch (block) {
      case Block.Heading heading -> "H" + heading.level() + " " + heading.text();
      case Block.TableRow row ->
          row.cells().stream()
              .map(cell -> cell.column() + ": " + cell.value())
              .collect(Collectors.joining(" | "));
      default -> block.text();
    };
  }
}
