package io.kass.documents.office;

import static io.kass.documents.office.Workbooks.changed;
import static io.kass.documents.office.Workbooks.rewritten;
import static io.kass.documents.office.Workbooks.row;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kass.documents.TestDocuments;
import io.kass.ports.document.DocumentReader;
import io.kass.ports.document.ReadDocument;
import io.kass.ports.document.Reading.Cause;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.poi.ss.util.CellReference;
import org.apache.poi.xslf.usermodel.XMLSlideShow;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Documents made to harm, and documents that were harmed. */
class HostileOfficeTest {
  private static final DocumentReader READER = TestDocuments.reader();

  /** With little memory, and at most 128 MB unpacked. */
  private static final DocumentReader SMALL = TestDocuments.reader(TestDocuments.SMALL);

  private static final String TEXT = "Ask early.";

  /** Kinds of documents, each with the part that holds the text. */
  enum Kind {
    XLSX("xl/worksheets/sheet1.xml", "xl/worksheets/_rels/sheet1.xml.rels"),
    DOCX("word/document.xml", "word/_rels/document.xml.rels"),
    PPTX("ppt/slides/slide1.xml", "ppt/slides/_rels/slide1.xml.rels");

    private final String part;
    private final String relationships;

    Kind(String part, String relationships) {
      this.part = part;
      this.relationships = relationships;
    }

    String file() {
      return "a." + name().toLowerCase(Locale.ROOT);
    }

    byte[] honest() {
      var out = new ByteArrayOutputStream();
      try {
        switch (this) {
          case XLSX -> out.write(Workbooks.of(w -> row(w.createSheet("a"), 1, TEXT)));
          case DOCX -> {
            try (var word = new XWPFDocument()) {
              word.createParagraph().createRun().setText(TEXT);
              word.write(out);
            }
          }
          case PPTX -> {
            try (var show = new XMLSlideShow()) {
              show.createSlide().createTextBox().setText(TEXT);
              show.write(out);
            }
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return out.toByteArray();
    }
  }

  @Tag("D8")
  @ParameterizedTest
  @EnumSource
  void refusesAPartThatUnpacksWithoutEnd(Kind kind) {
    byte[] bomb =
        rewritten(
            kind.honest(),
            (name, bytes, out) -> {
              out.write(bytes);
              if (name.equals(kind.part)) {
                fill(out, " ", 160);
              }
            });

    ReadDocument document = ReadDocument.of(SMALL, kind.file(), bomb);

    assertThat(bomb).hasSizeLessThan(2 << 20);
    assertThat(document.cause()).isEqualTo(Cause.TOO_LARGE);
    assertThat(document.message()).contains("documents.max-bytes");
    assertThat(ReadDocument.of(SMALL, kind.file(), kind.honest()).text()).contains(TEXT);
  }

  @Tag("D8")
  @ParameterizedTest
  @EnumSource
  void makesNoPathsOfNamesAndOpensNoArchiveWithinAnother(Kind kind) throws IOException {
    Path slip = Path.of(System.getProperty("java.io.tmpdir"), "kass-slip-" + kind);
    byte[] inner = bombOfBombs();
    byte[] slipping =
        rewritten(
            kind.honest(),
            (name, bytes, out) -> out.write(bytes.length > 0 ? bytes : inner),
            "../../../../../../../.." + slip,
            slip.toString(),
            "..\\..\\..\\..\\kass-slip",
            "xl/embeddings/a.zip",
            "word/embeddings/a.docx");

    assertThat(ReadDocument.of(SMALL, kind.file(), slipping).text()).contains(TEXT);
    assertThat(slip).doesNotExist();
  }

  @Tag("D8")
  @Test
  void refusesArchivesByName() throws IOException {
    byte[] archive = bombOfBombs();
    for (String name : new String[] {"a.zip", "a.xlsx", "a.docx", "a.txt"}) {
      ReadDocument document = ReadDocument.of(SMALL, name, archive);

      assertThat(document.cause()).as(name).isEqualTo(Cause.UNSUPPORTED);
      assertThat(document.message()).as(name).contains("a ZIP archive");
    }
  }

  /** An archive of archives of 160 MB each. */
  private static byte[] bombOfBombs() throws IOException {
    byte[] bomb = zipped("a.xml", out -> fill(out, " ", 160));
    return zipped("b.zip", out -> out.write(bomb));
  }

  private interface Content {
    void to(OutputStream out) throws IOException;
  }

  private static byte[] zipped(String name, Content content) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(out)) {
      zip.setLevel(Deflater.BEST_SPEED);
      zip.putNextEntry(new ZipEntry(name));
      content.to(zip);
    }
    return out.toByteArray();
  }

  private static void fill(OutputStream out, String text, int megabytes) throws IOException {
    byte[] block = text.repeat((1 << 20) / text.length()).getBytes(UTF_8);
    for (int i = 0; i < megabytes; i++) {
      out.write(block);
    }
  }

  @Tag("D12")
  @ParameterizedTest
  @EnumSource
  void refusesDocumentTypesAndFetchesNothing(Kind kind, @TempDir Path folder) throws Exception {
    Path secret = Files.writeString(folder.resolve("secret.txt"), "the secret");
    try (var server = listening()) {
      String url = "http://127.0.0.1:" + server.getLocalPort() + "/x";
      for (String declared :
          new String[] {
            "SYSTEM \"" + url + ".dtd\"",
            "[<!ENTITY a SYSTEM \"" + url + "\">]",
            "[<!ENTITY a SYSTEM \"" + secret.toUri() + "\">]",
            "[<!ENTITY % p SYSTEM \"" + url + "\"> %p;]",
            laughs()
          }) {
        byte[] document =
            changed(
                kind.honest(),
                (name, text) ->
                    name.equals(kind.part) || name.equals("xl/sharedStrings.xml")
                        ? text.replaceFirst("<(\\w[\\w:]*)", "<!DOCTYPE $1 " + declared + "><$1")
                            .replace(TEXT, "&a;")
                        : text);

        ReadDocument read = ReadDocument.of(SMALL, kind.file(), document);

        assertThat(read.cause()).as(declared).isEqualTo(Cause.DAMAGED);
        assertThat(read.message()).contains("declares a document type");
        assertThat(read.text()).doesNotContain("secret");
      }
      assertThatNobodyCame(server);
    }
  }

  /** A billion laughs. */
  private static String laughs() {
    var all = new StringBuilder("[<!ENTITY l0 \"ha\">");
    for (int i = 1; i < 10; i++) {
      all.append("<!ENTITY l%d \"%s\">".formatted(i, ("&l" + (i - 1) + ";").repeat(10)));
    }
    return all.append("<!ENTITY a \"&l9;\">]").toString();
  }

  @Tag("D12")
  @ParameterizedTest
  @EnumSource
  void followsNoRelationshipThatLeadsOutside(Kind kind) throws Exception {
    try (var server = listening()) {
      String url = "http://127.0.0.1:" + server.getLocalPort() + "/x";
      var links = new StringBuilder();
      for (String type :
          new String[] {
            "image", "hyperlink", "attachedTemplate", "oleObject", "externalLinkPath", "drawing",
            "comments", "notesSlide", "styles", "footnotes", "table", "sharedStrings"
          }) {
        links.append(
            "<Relationship Id=\"out-%1$s\" Type=\"urn:x/%1$s\" Target=\"%2$s\" TargetMode=\"External\"/>"
                .formatted(type, url));
      }
      byte[] whole = kind.honest();
      boolean has = new String(whole, 0, whole.length, ISO_8859_1).contains(kind.relationships);
      byte[] document =
          rewritten(
              whole,
              (name, bytes, out) -> {
                String text = new String(bytes, UTF_8);
                if (name.equals(kind.relationships)) {
                  String list = text.isEmpty() ? "<Relationships></Relationships>" : text;
                  text =
                      list.replace("<Relationships/>", "<Relationships></Relationships>")
                          .replace("</Relationships>", links + "</Relationships>");
                }
                out.write(text.getBytes(UTF_8));
              },
              has ? new String[0] : new String[] {kind.relationships});

      assertThat(ReadDocument.of(READER, kind.file(), document).text()).contains(TEXT);
      assertThatNobodyCame(server);
    }
  }

  private static ServerSocket listening() throws IOException {
    var server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
    server.setSoTimeout(1);
    return server;
  }

  private static void assertThatNobodyCame(ServerSocket server) {
    assertThatThrownBy(server::accept).isInstanceOf(SocketTimeoutException.class);
  }

  @Tag("D12")
  @ParameterizedTest
  @EnumSource
  void readsDocumentsWithMacrosAndRunsNone(Kind kind) {
    byte[] document =
        rewritten(
            kind.honest(),
            (name, bytes, out) ->
                out.write(
                    name.equals("[Content_Types].xml")
                        ? new String(bytes, UTF_8)
                            .replaceAll(
                                "application/vnd.openxmlformats-officedocument\\.[a-z.]+(?=\\.main)",
                                "application/vnd.ms-office.macroEnabled")
                            .getBytes(UTF_8)
                        : bytes.length > 0 ? bytes : HexFormat.of().parseHex("d0cf11e0a1b11ae1")),
            kind.part.substring(0, kind.part.indexOf('/')) + "/vbaProject.bin");
    String name = kind.file().replaceFirst("x$", "m");

    assertThat(ReadDocument.of(READER, name, document).text()).contains(TEXT);
  }

  @Tag("D8")
  @Test
  void readsAMillionEmptyStyledCells() {
    var cells = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      cells.append("<c r=\"%s\" s=\"1\"/>".formatted(CellReference.convertNumToColString(i) + 7));
    }
    String row = "<row r=\"7\">" + cells + "</row>";
    byte[] workbook =
        rewritten(
            Kind.XLSX.honest(),
            (name, bytes, out) -> {
              String text = new String(bytes, UTF_8);
              if (name.equals(Kind.XLSX.part)) {
                int end = text.indexOf("</sheetData>");
                out.write(text.substring(0, end).getBytes(UTF_8));
                for (int i = 7; i < 10_000; i++) {
                  out.write(row.replace("7\"", i + "\"").getBytes(UTF_8));
                }
                out.write("<row r=\"20000\"><c r=\"A20000\"><v>7.25</v></c></row>".getBytes(UTF_8));
                text = text.substring(end);
              }
              out.write(text.getBytes(UTF_8));
            });

    assertThat(ReadDocument.of(SMALL, "a.xlsx", workbook).text()).isEqualTo("aAsk early.\n7.25\n");
  }

  @Tag("D8")
  @Test
  void readsTenThousandSheets() {
    int count = 10_000;
    var sheets = new StringBuilder();
    var links = new StringBuilder();
    for (int i = 1; i <= count; i++) {
      sheets.append("<sheet name=\"s%d\" sheetId=\"%d\" r:id=\"s%d\"/>".formatted(i, i, i));
      links.append(
          "<Relationship Id=\"s%d\" Type=\"urn:x/worksheet\" Target=\"worksheets/s%d.xml\"/>"
              .formatted(i, i));
    }
    byte[] honest = Kind.XLSX.honest();
    byte[] workbook =
        rewritten(
            honest,
            (name, bytes, out) -> {
              String text = new String(bytes, UTF_8);
              if (name.equals("xl/workbook.xml")) {
                text = text.replace("</sheets>", sheets + "</sheets>");
              } else if (name.equals("xl/_rels/workbook.xml.rels")) {
                text = text.replace("</Relationships>", links + "</Relationships>");
              } else if (text.isEmpty()) {
                text =
                    "<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><v>%s</v></c></row></sheetData></worksheet>"
                        .formatted(name.replaceAll("\\D", ""));
              }
              out.write(text.getBytes(UTF_8));
            },
            IntStream.rangeClosed(1, count)
                .mapToObj(i -> "xl/worksheets/s" + i + ".xml")
                .toArray(String[]::new));

    ReadDocument document = ReadDocument.of(SMALL, "a.xlsx", workbook);

    assertThat(document.text()).contains("s10000", "10000\n");
  }

  /** They are kept packed, and so need little more than their own size. */
  @Tag("D8")
  @Test
  void keepsAHundredMegabytesOfTextsInTheReadersMemoryOrRefusesThem() {
    String text = "<si><t>" + "text of a cell ".repeat(60) + "</t></si>";
    byte[] workbook =
        rewritten(
            Kind.XLSX.honest(),
            (name, bytes, out) -> {
              if (name.equals("xl/sharedStrings.xml")) {
                out.write(("<sst><si><t>" + TEXT + "</t></si>").getBytes(UTF_8));
                fill(out, text, 100);
                out.write("</sst>".getBytes(UTF_8));
              } else {
                out.write(bytes);
              }
            });

    ReadDocument refused = ReadDocument.of(SMALL, "a.xlsx", workbook);

    assertThat(refused.cause()).isEqualTo(Cause.TOO_LARGE);
    assertThat(refused.message()).contains("64 MiB", "documents.memory");
    assertThat(ReadDocument.of(READER, "a.xlsx", workbook).text()).contains(TEXT);
  }

  @Tag("D13")
  @Test
  void readsPartsInOtherEncodings() {
    byte[] workbook =
        rewritten(
            Workbooks.of(w -> row(w.createSheet("a"), 1, "申請は前日までに")),
            (name, bytes, out) -> {
              String text = new String(bytes, UTF_8).replaceFirst("<\\?xml[^>]*>\\s*", "");
              switch (name) {
                case "xl/sharedStrings.xml" -> {
                  out.write(new byte[] {(byte) 0xFF, (byte) 0xFE});
                  out.write(text.getBytes(UTF_16LE));
                }
                case "xl/workbook.xml" ->
                    out.write(
                        ("<?xml version=\"1.0\" encoding=\"Shift_JIS\"?>"
                                + text.replace("name=\"a\"", "name=\"表\""))
                            .getBytes(Charset.forName("Shift_JIS")));
                default -> out.write(bytes);
              }
            });

    assertThat(ReadDocument.of(READER, "a.xlsx", workbook).text()).isEqualTo("表申請は前日までに\n");
  }

  @Tag("D8")
  @ParameterizedTest
  @EnumSource
  void refusesWhatWasCutOff(Kind kind) {
    byte[] whole = kind.honest();

    for (int length = 100; length < whole.length - 1; length += whole.length / 12) {
      assertThat(ReadDocument.of(READER, kind.file(), Arrays.copyOf(whole, length)).cause())
          .isEqualTo(Cause.DAMAGED);
    }
  }

  /** The directory of the archive says something else than what is there. */
  @Tag("D8")
  @ParameterizedTest
  @EnumSource
  void believesNoDirectoryThatLies(Kind kind) {
    // Offsets in the directory's record of a part: checksum, packed and unpacked size, place.
    for (int field : new int[] {16, 20, 42}) {
      for (int value : new int[] {0, 1, 10, 1 << 20, Integer.MAX_VALUE, -2}) {
        byte[] archive = kind.honest();
        ByteBuffer bytes = ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(entry(archive, kind.part) + field, value);

        ReadDocument read = ReadDocument.of(SMALL, kind.file(), archive);

        assertThat(read.cause()).as("%d = %d", field, value).isIn(Cause.DAMAGED, Cause.UNSUPPORTED);
      }
    }
    byte[] size = kind.honest();
    ByteBuffer.wrap(size).order(ByteOrder.LITTLE_ENDIAN).putInt(entry(size, kind.part) + 24, 3);
    assertThat(ReadDocument.of(SMALL, kind.file(), size).text()).contains(TEXT);
  }

  /** Where the directory's record of a part begins. */
  private static int entry(byte[] archive, String part) {
    byte[] name = part.getBytes(UTF_8);
    for (int at = archive.length - name.length; at >= 46; at--) {
      if (Arrays.equals(archive, at, at + name.length, name, 0, name.length)
          && archive[at - 46] == 'P'
          && archive[at - 44] == 1) {
        return at - 46;
      }
    }
    throw new AssertionError(part);
  }

  /** Whatever is changed in a document, it is read as it was or not at all. */
  @Tag("D8")
  @ParameterizedTest
  @EnumSource
  void readsNothingElseThanWhatWasPacked(Kind kind) {
    byte[] whole = kind.honest();
    String text = ReadDocument.of(READER, kind.file(), whole).text();
    var random = new SplittableRandom(12);

    for (int i = 0; i < 300; i++) {
      byte[] broken = whole.clone();
      for (int j = 0; j < 3; j++) {
        broken[4 + random.nextInt(broken.length - 4)] ^= (byte) (1 << random.nextInt(8));
      }
      ReadDocument read = ReadDocument.of(SMALL, kind.file(), broken);
      if (read.type() != null) {
        assertThat(read.text()).isEqualTo(text);
      }
    }
  }
}
