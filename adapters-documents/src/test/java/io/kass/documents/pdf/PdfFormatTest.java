package io.kass.documents.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import io.kass.documents.TestDocuments;
import io.kass.documents.guarded.DocumentBytes;
import io.kass.ports.document.Block.Heading;
import io.kass.ports.document.Block.Prose;
import io.kass.ports.document.DocumentReader;
import io.kass.ports.document.Locator.Pages;
import io.kass.ports.document.Place;
import io.kass.ports.document.ReadDocument;
import io.kass.ports.document.Reading.Cause;
import io.kass.ports.document.Reading.Complete;
import io.kass.ports.document.SourceType;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.apache.pdfbox.pdmodel.PDPage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PdfFormatTest {
  private static final DocumentReader READER = TestDocuments.reader(TestDocuments.SMALL);

  @Test
  void makesABlockOfEachPage() {
    ReadDocument document = read(Pdfs.pages("Leave is asked for early.", "It is given late."));

    assertThat(document.reading()).isEqualTo(new Complete(SourceType.PAGED, "application/pdf"));
    assertThat(document.type()).isEqualTo(SourceType.PAGED);
    assertThat(document.mediaType()).isEqualTo("application/pdf");
    assertThat(document.blocks())
        .containsExactly(
            new Prose("Leave is asked for early.\n", new Place(new Pages(1, 1), List.of(), 0, 26)),
            new Prose("It is given late.\n", new Place(new Pages(2, 2), List.of(), 26, 44)));
  }

  @Test
  void countsPagesThatAreEmptyToo() {
    byte[] pdf =
        Pdfs.document(
            document -> document.addPage(new PDPage()),
            Pdfs::addPicture,
            document -> Pdfs.addPage(document, "The third."));

    assertThat(read(pdf).blocks())
        .containsExactly(new Prose("The third.\n", new Place(new Pages(3, 3), List.of(), 0, 11)));
  }

  @Test
  void beginsWithTheTitle() {
    byte[] pdf =
        Pdfs.document(
            document -> Pdfs.addPage(document, "Ask early."),
            document -> document.getDocumentInformation().setTitle(" Leave  規程 "));

    assertThat(read(pdf).blocks().getFirst())
        .isEqualTo(new Heading(1, "Leave 規程", new Place(new Pages(1, 1), List.of(), -1, -1)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "  ", "Untitled", "Microsoft Word - leave.doc", "report-final.DOCX", "a.tex"})
  void leavesTitlesOutThatAreNone(String title) {
    assertThat(PdfText.title(title)).isEmpty();
  }

  @Test
  void readsColumnsOneAfterAnother() {
    byte[] pdf =
        Pdfs.document(document -> {
          try (var page = Pdfs.page(document)) {
            for (int column = 0; column < 2; column++) {
              for (int line = 0; line < 5; line++) {
                page.line(
                    72 + column * 250, 700 - line * 14, 11, "column" + column + " line" + line);
              }
            }
          }
        });

    assertThat(read(pdf).text().replaceAll("\\s+", " "))
        .isEqualTo(
            "column0 line0 column0 line1 column0 line2 column0 line3 column0 line4"
                + " column1 line0 column1 line1 column1 line2 column1 line3 column1 line4 ");
  }

  @Test
  void sortsAPageThatWasWrittenHelterSkelter() {
    int[] order = {7, 2, 9, 0, 4, 1, 8, 3, 6, 5};
    byte[] pdf =
        Pdfs.document(document -> {
          try (var page = Pdfs.page(document)) {
            for (int line : order) {
              page.line(72, 700 - line * 14, 11, "line" + line);
            }
          }
        });

    assertThat(read(pdf).text().lines().filter(line -> !line.isEmpty()))
        .containsExactly(
            "line0", "line1", "line2", "line3", "line4", "line5", "line6", "line7", "line8",
            "line9");
  }

  @Test
  void separatesParagraphsAndJoinsLinesThatWereFull() {
    String pdf =
        read(Pdfs.pages(
                """
                Leave of more than two weeks is decided by the head of the unit after he
                has asked those who work with you. A decision is made within five days.

                Leave of one day needs no decision. It is enough to enter it in the calen-
                dar and to tell your colleagues, so that a well-
                known gap does not open. The calendar is open to all.
                """))
            .text();

    assertThat(pdf)
        .isEqualTo(
            """
            Leave of more than two weeks is decided by the head of the unit after he \
            has asked those who work with you. A decision is made within five days.

            Leave of one day needs no decision. It is enough to enter it in the calendar \
            and to tell your colleagues, so that a well-
            known gap does not open. The calendar is open to all.
            """);
  }

  @Test
  void writesLigaturesAsLetters() {
    String fonts =
        "/Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Custom /FirstChar 1 /LastChar 3"
            + " /Widths [500 500 500] /ToUnicode 5 0 R >> >>";
    byte[] pdf =
        RawPdf.onePage("BT /F 12 Tf 72 700 Td <010203> Tj ET", fonts)
            .put(5, toUnicode(1, "<01> <006F0066>", "<02> <FB01>", "<03> <006E0065>"))
            .bytes();

    assertThat(read(pdf).text()).isEqualTo("offine\n");
  }

  @Test
  void readsJapaneseThroughItsToUnicodeTable() {
    byte[] pdf =
        RawPdf.onePage(
                "BT /F 12 Tf 72 700 Td <000100020003> Tj ET",
                "/Font << /F " + japaneseFont("Identity-H", "Identity", "/ToUnicode 5 0 R") + " >>")
            .put(5, toUnicode(2, "<0001> <4F11>", "<0002> <6687>", "<0003> <D842DFB7>"))
            .bytes();

    assertThat(read(pdf).text()).isEqualTo("休暇𠮷\n");
  }

  @ParameterizedTest
  @CsvSource({"UniJIS-UTF16-H, UTF-16BE", "90ms-RKSJ-H, windows-31j", "EUC-H, EUC-JP"})
  void readsJapaneseThroughTheTablesOfAdobe(String cmap, String charset) {
    String text = "休暇の申請は二週間前まで";
    String hex = HexFormat.of().formatHex(text.getBytes(Charset.forName(charset)));
    byte[] pdf =
        RawPdf.onePage(
                "BT /F 12 Tf 72 700 Td <" + hex + "> Tj ET",
                "/Font << /F " + japaneseFont(cmap, "Japan1", "") + " >>")
            .bytes();

    assertThat(read(pdf).text()).isEqualTo(text + "\n");
  }

  @Test
  void joinsJapaneseLinesWithoutASpace() {
    String first = "休暇の申請は二週間前までに行い";
    String second = "ます。";
    byte[] pdf =
        RawPdf.onePage(
                "BT /F 12 Tf 72 700 Td 16 TL <%s> Tj T* <%s> Tj ET"
                    .formatted(utf16(first), utf16(second)),
                "/Font << /F " + japaneseFont("UniJIS-UTF16-H", "Japan1", "") + " >>")
            .bytes();

    assertThat(read(pdf).text()).isEqualTo(first + second + "\n");
  }

  @Tag("D10")
  @Test
  void saysThatAPasswordIsMissing() {
    byte[] pdf =
        Pdfs.document(document -> Pdfs.addPage(document, "Secret."), Pdfs.encrypted("open sesame"));

    ReadDocument document = read(pdf);

    assertThat(document.cause()).isEqualTo(Cause.ENCRYPTED);
    assertThat(document.message()).contains("password");
    assertThat(document.blocks()).isEmpty();
  }

  @Tag("D10")
  @Test
  void readsWhatOnlyItsOwnerMayChange() {
    byte[] pdf = Pdfs.document(document -> Pdfs.addPage(document, "Public."), Pdfs.encrypted(""));

    assertThat(read(pdf).text()).isEqualTo("Public.\n");
  }

  @Tag("D10")
  @ParameterizedTest
  @ValueSource(
      strings = {"/Filter /Adobe.PubSec /V 4 /SubFilter /adbe.pkcs7.s5", "/Filter /Nobody /V 9"})
  void takesCertificatesAndUnknownLocksForEncryption(String lock) {
    String plain = new String(RawPdf.onePage("BT ET", "").bytes(), StandardCharsets.ISO_8859_1);
    String locked =
        plain.replace("/Root 1 0 R", "/Root 1 0 R /ID [<00><00>] /Encrypt << " + lock + " >>");

    assertThat(read(RawPdf.latin(locked)).cause()).isEqualTo(Cause.ENCRYPTED);
  }

  @Tag("D9")
  @Test
  void saysThatPicturesAreNoText() {
    ReadDocument document = read(Pdfs.document(Pdfs::addPicture, Pdfs::addPicture));

    assertThat(document.cause()).isEqualTo(Cause.NO_TEXT);
    assertThat(document.message()).contains("OCR");
    assertThat(document.blocks()).isEmpty();
  }

  @Tag("D6")
  @Test
  void saysThatItsPagesAreEmpty() {
    assertThat(read(Pdfs.document(document -> document.addPage(new PDPage()))).cause())
        .isEqualTo(Cause.EMPTY);
  }

  @Test
  void neverReadsHalfOfAFileThatWasCutOff() {
    byte[] whole = fourPages();
    assertThat(read(whole).text()).isEqualTo("Page 0\nPage 1\nPage 2\nPage 3\n");

    for (int length = 20; length < whole.length - 20; length += 31) {
      assertThat(read(Arrays.copyOf(whole, length)).cause()).isEqualTo(Cause.DAMAGED);
    }
  }

  /** Each page before the next, so that PDFBox finds the first ones of a file that was cut off. */
  private static byte[] fourPages() {
    String font = "/Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>";
    RawPdf pdf =
        RawPdf.onePage("", "")
            .put(2, "<< /Type /Pages /Kids [3 0 R 5 0 R 7 0 R 9 0 R] /Count 4 >>");
    for (int i = 0; i < 4; i++) {
      int number = 3 + 2 * i;
      String content = "BT /F 12 Tf 72 700 Td (Page " + i + ") Tj ET";
      pdf.put(
              number,
              "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << "
                  + font
                  + " >> /Contents "
                  + (number + 1)
                  + " 0 R >>")
          .put(number + 1, RawPdf.stream("", RawPdf.latin(content)));
    }
    return pdf.bytes();
  }

  @Test
  void saysWhichPageIsMissing() {
    byte[] pdf =
        RawPdf.onePage("BT ET", "")
            .put(2, "<< /Type /Pages /Kids [3 0 R 9 0 R] /Count 2 >>")
            .bytes();

    ReadDocument document = read(pdf);

    assertThat(document.cause()).isEqualTo(Cause.DAMAGED);
    assertThat(document.message()).contains("page 2");
  }

  @Test
  void refusesWhatOnlyBeginsLikePdf() {
    assertThat(
            read("%PDF-1.4\nnot a PDF at all\n".repeat(50).getBytes(StandardCharsets.UTF_8))
                .cause())
        .isEqualTo(Cause.DAMAGED);
    assertThat(read(RawPdf.latin("%PDF-1.4\n\u0000\u0001\u0002 startxref\n0\n%%EOF")).cause())
        .isEqualTo(Cause.DAMAGED);
  }

  @Test
  void readsWhatFollowsTheHeadOfAnotherProtocol() {
    byte[] pdf = Pdfs.pages("Ask early.");
    byte[] head = RawPdf.latin("HTTP/1.1 200 OK\r\n\r\n");
    byte[] both = Arrays.copyOf(head, head.length + pdf.length);
    System.arraycopy(pdf, 0, both, head.length, pdf.length);

    assertThat(read(both).text()).isEqualTo("Ask early.\n");
  }

  @Test
  void readsWhatIsLargerThanWhatIsFetchedAtOnce() {
    byte[] filler = new byte[3 * DocumentBytes.PIECE + 17];
    new Random(7).nextBytes(filler);
    byte[] pdf =
        RawPdf.onePage(
                "BT /F 12 Tf 72 700 Td (Small text.) Tj ET",
                "/Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>")
            .put(9, RawPdf.stream("", filler))
            .bytes();

    assertThat(read(pdf).text()).isEqualTo("Small text.\n");
  }

  private static ReadDocument read(byte[] pdf) {
    return ReadDocument.of(READER, "a.pdf", pdf);
  }

  private static String utf16(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_16BE));
  }

  private static String japaneseFont(String cmap, String ordering, String more) {
    return ("<< /Type /Font /Subtype /Type0 /BaseFont /Mincho /Encoding /%s %s /DescendantFonts [<<"
            + " /Type /Font /Subtype /CIDFontType0 /BaseFont /Mincho /DW 1000 /CIDSystemInfo <<"
            + " /Registry (Adobe) /Ordering (%s) /Supplement 0 >> /FontDescriptor << /Type"
            + " /FontDescriptor /FontName /Mincho /Flags 4 /Ascent 880 /Descent -120 /CapHeight 700"
            + " /FontBBox [0 -200 1000 900] >> >>] >>")
        .formatted(cmap, more, ordering);
  }

  private static byte[] toUnicode(int bytes, String... mappings) {
    String last = "FF".repeat(bytes);
    String first = "00".repeat(bytes);
    return RawPdf.stream(
        "",
        RawPdf.latin(
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def"
                + " /CMapType 2 def 1 begincodespacerange <%s> <%s> endcodespacerange %d beginbfchar %s endbfchar endcmap end end"
                    .formatted(first, last, mappings.length, String.join(" ", mappings))));
  }
}
