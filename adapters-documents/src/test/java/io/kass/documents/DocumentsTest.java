package io.kass.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.kass.documents.format.DocumentLimits;
import io.kass.documents.pdf.Pdfs;
import io.kass.ports.document.DocumentReader;
import io.kass.ports.document.DocumentReaderContract;
import io.kass.ports.document.ReadDocument;
import io.kass.ports.document.Reading.Cause;
import io.kass.ports.document.SourceType;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentsTest extends DocumentReaderContract {
  private static final DocumentReader READER = TestDocuments.reader();

  @Override
  protected DocumentReader reader() {
    return READER;
  }

  @Tag("D6")
  @ParameterizedTest
  @ValueSource(strings = {"a.txt", "a.md", "a.pdf", "a.xlsx", "a.json", "a.zip", "a"})
  void saysOfZeroBytesThatThereIsNothingWhateverTheName(String name) {
    ReadDocument document = ReadDocument.of(READER, name, new byte[0]);

    assertThat(document.cause()).isEqualTo(Cause.EMPTY);
    assertThat(document.message()).isEqualTo("It is empty: 0 bytes.");
  }

  @Tag("D7")
  @ParameterizedTest
  @ValueSource(strings = {"a.txt", "a.md", "a.png", "a", "README"})
  void readsPdfWhateverItsName(String name) {
    ReadDocument document = ReadDocument.of(READER, name, Pdfs.pages("Ask early."));

    assertThat(document.type()).isEqualTo(SourceType.PAGED);
    assertThat(document.text()).isEqualTo("Ask early.\n");
  }

  @Tag("D7")
  @ParameterizedTest
  @ValueSource(strings = {"a.pdf", "a.png", "a.exe", "a.zip", "a.docx"})
  void readsTextWhateverItsName(String name) {
    ReadDocument document = ReadDocument.of(READER, name, "Ask early.\n");

    assertThat(document.type()).isEqualTo(SourceType.TEXT);
    assertThat(document.text()).isEqualTo("Ask early.\n");
  }

  @Tag("D7")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "BM25 is a ranking function.",
        "MZ is how programs of Windows begin.",
        "GIF89a is the name of a format.",
        "ID3 tags, OggS pages, PAR1 and wOFF files",
        "The header %PDF-1.7 begins a PDF; then comes 1 0 obj and so on.",
        "PK stands for Phil Katz."
      })
  void takesNoTextForWhatItSpeaksOf(String text) {
    assertThat(ReadDocument.of(READER, "a.txt", text).text()).isEqualTo(text);
  }

  @Tag("D7")
  @ParameterizedTest(name = "{0}")
  @MethodSource("foreign")
  void namesWhatItCannotRead(String kind, byte[] bytes) {
    for (String name : new String[] {"a.txt", "a.md", "a.pdf", "a.bin"}) {
      ReadDocument document = ReadDocument.of(READER, name, bytes);

      assertThat(document.cause()).isEqualTo(Cause.UNSUPPORTED);
      assertThat(document.message())
          .startsWith("It is %s. Formats that can be read: ".formatted(kind))
          .contains("DOCX, PPTX, XLS, XLSX", "HTML", "Markdown", "PDF", "plain text", "source code")
          .endsWith(". Convert it, or leave it out.");
      assertThat(document.type()).isNull();
    }
  }

  static Stream<Arguments> foreign() throws IOException {
    return Stream.of(
        Arguments.of("a PNG image", image("png")),
        Arguments.of("a JPEG image", image("jpg")),
        Arguments.of("a GIF image", image("gif")),
        Arguments.of("a BMP image", image("bmp")),
        Arguments.of("a TIFF image", image("tiff")),
        Arguments.of("a ZIP archive", zip("notes.txt")),
        Arguments.of("a Java archive", zip("META-INF/MANIFEST.MF")),
        Arguments.of("a gzip file", gzip()),
        Arguments.of("a Java class file", thisClass()),
        Arguments.of("a Windows program or library", hex("4D5A90000300000004000000FFFF0000")),
        Arguments.of("a Linux program or library", hex("7F454C46020101000000000000000000")),
        Arguments.of("a SQLite database", hex("53514C69746520666F726D6174203300100001010040")),
        Arguments.of("an RTF document", "{\\rtf1\\ansi Hello}".getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void refusesWhatIsTooLarge() {
    var limits = new DocumentLimits(10, 1, Duration.ofSeconds(1), Duration.ZERO, 64, 1);

    ReadDocument document = ReadDocument.of(TestDocuments.reader(limits), "a.txt", "12345678901");

    assertThat(document.cause()).isEqualTo(Cause.TOO_LARGE);
    assertThat(document.message()).contains("11 bytes", "10", "documents.max-bytes");
    assertThat(ReadDocument.of(TestDocuments.reader(limits), "a.txt", "1234567890").text())
        .isEqualTo("1234567890");
  }

  @Test
  void isAnotherReaderWhereItsLimitsDecideOtherwise() {
    var limits = new DocumentLimits(10, 1, Duration.ofSeconds(1), Duration.ZERO, 64, 1);

    assertThat(TestDocuments.reader().id()).isEqualTo(READER.id());
    assertThat(TestDocuments.reader(limits).id()).isNotEqualTo(READER.id());
    assertThat(READER.id()).contains("pdf/1", "markdown/2", "text/2");
  }

  private static byte[] image(String format) throws IOException {
    var out = new ByteArrayOutputStream();
    assertThat(ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), format, out))
        .isTrue();
    return out.toByteArray();
  }

  private static byte[] zip(String entry) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry(entry));
      zip.write("content".getBytes(StandardCharsets.UTF_8));
    }
    return out.toByteArray();
  }

  private static byte[] gzip() throws IOException {
    var out = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write("content".getBytes(StandardCharsets.UTF_8));
    }
    return out.toByteArray();
  }

  private static byte[] thisClass() throws IOException {
    try (InputStream in = DocumentsTest.class.getResourceAsStream("DocumentsTest.class")) {
      if (in == null) {
        throw new AssertionError("a class is where its class is");
      }
      return in.readAllBytes();
    }
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }
}
