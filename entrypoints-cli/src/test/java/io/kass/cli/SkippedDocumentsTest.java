package io.kass.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.poi.hssf.record.crypto.Biff8EncryptionKey;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder of documents that harm, hide, lie and break, among honest ones: the real parts. */
class SkippedDocumentsTest {
  private static final String PNG =
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

  @TempDir static Path cache;

  @TempDir Path home;

  @Tag("D7")
  @Tag("D8")
  @Tag("D10")
  @Tag("D12")
  @Tag("D13")
  @Test
  void areNamedWithTheirReasonsAndTheOthersAreRead() throws IOException {
    Path docs = Files.createDirectories(home.resolve("docs"));
    Path secret = Files.writeString(home.resolve("secret.txt"), "The launch code is Zebra.");
    Map<String, String> expected = new LinkedHashMap<>();
    try (var server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
      server.setSoTimeout(1);
      String url = "http://127.0.0.1:" + server.getLocalPort() + "/x";
      Map<String, byte[]> files = honest(url);
      files.forEach((name, bytes) -> write(docs.resolve(name), bytes));
      harmful(url, secret)
          .forEach((name, document) -> {
            write(docs.resolve(name), document.bytes);
            expected.put(name, document.reason);
          });

      Cli.Result result = cli().run("ingest", "docs");

      assertThat(result.code()).as(result.err()).isEqualTo(5);
      assertThat(result.out())
          .contains(
              "%d documents: %d indexed, %d skipped."
                  .formatted(files.size() + expected.size(), files.size(), expected.size()));
      expected.forEach((name, reason) ->
          assertThat(result.out()).contains("Skipped docs/" + name + ": " + reason));
      assertThatThrownBy(server::accept).isInstanceOf(SocketTimeoutException.class);
    }
    assertThat(cli().run("search", "Zebra launch code").out()).doesNotContain("Zebra");
    for (String[] question :
        List.of(
            new String[] {"When is the pump serviced?", "plan.xlsm", "May 2031"},
            new String[] {"Which hall has the lathe?", "old.xls", "Hall 7"},
            new String[] {"How long may one park?", "rules.txt", "two hours"},
            new String[] {"在庫の部品", "parts.csv", "歯車"},
            new String[] {"出張の申請", "travel.txt", "三日前"})) {
      assertThat(cli().run("search", question[0]).out()).contains(question[1], question[2]);
    }
  }

  private Cli cli() {
    return new Cli(home)
        .with("XDG_CACHE_HOME", cache.toString())
        .with("KASS_DOCUMENTS_MAX_BYTES", "10000000");
  }

  private static final class Document {
    private final byte[] bytes;
    private final String reason;

    Document(byte[] bytes, String reason) {
      this.bytes = bytes;
      this.reason = reason;
    }
  }

  /** Macros, links and names that lie are no reason to skip what can be read. */
  private static Map<String, byte[]> honest(String url) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    Map<String, String> macros = workbook("The pump is serviced in May 2031.");
    macros.put("xl/vbaProject.bin", "Sub Auto_Open(): Shell \"touch /tmp/kass-macro\"");
    macros.put(
        "xl/worksheets/_rels/sheet1.xml.rels",
        "<Relationships><Relationship Id=\"r\" Type=\"urn:x/image\" TargetMode=\"External\""
            + " Target=\""
            + url
            + "\"/></Relationships>");
    macros.put("../../../../../../tmp/kass-slip", "slipped");
    files.put("plan.xlsm", zip(macros));
    files.put("old.xls", binary("The lathe stands in Hall 7.", ""));
    files.put("rules.txt", "Visitors may park for two hours.\r\n".getBytes(UTF_16));
    files.put("parts.csv", "部品,在庫\r\n歯車,12\r\n軸受,3\r\n".getBytes(Charset.forName("Shift_JIS")));
    files.put("travel.txt", "出張の申請は三日前までに提出してください。\n".getBytes(Charset.forName("EUC-JP")));
    return files;
  }

  private static Map<String, Document> harmful(String url, Path secret) throws IOException {
    Map<String, Document> files = new LinkedHashMap<>();
    Map<String, String> bomb = workbook("boom");
    bomb.merge("xl/worksheets/sheet1.xml", " ".repeat(30_000_000), String::concat);
    files.put("bomb.xlsx", new Document(zip(bomb), "It unpacks to more than 20000000 bytes."));
    byte[] nested = zip(Map.of("inner.zip", new String(zip(bomb), ISO_8859_1)));
    files.put("nested.xlsx", new Document(nested, "It is a ZIP archive"));
    Map<String, String> fetching = workbook("&a;");
    fetching.computeIfPresent(
        "xl/worksheets/sheet1.xml",
        (name, text) ->
            "<!DOCTYPE w SYSTEM \"%s\" [<!ENTITY a SYSTEM \"%s\">]>%s"
                .formatted(url, secret.toUri(), text));
    files.put("fetch.xlsx", new Document(zip(fetching), "It is damaged: xl/worksheets/sheet1.xml"));
    files.put(
        "locked.xls",
        new Document(binary("Zebra", "open sesame"), "It is protected by a password."));
    byte[] whole = zip(workbook("cut"));
    files.put("cut.docx", new Document(Arrays.copyOf(whole, whole.length - 40), "It is damaged: "));
    byte[] flipped = whole.clone();
    String sheet = "xl/worksheets/sheet1.xml";
    flipped[new String(whole, ISO_8859_1).indexOf(sheet) + sheet.length() + 20] ^= 1;
    files.put("flipped.pptx", new Document(flipped, "It is damaged"));
    files.put(
        "letter.doc", new Document(compound("WordDocument"), "It is an old Word document (DOC)."));
    files.put("chart.xlsx", new Document(Base64.getDecoder().decode(PNG), "It is a PNG image."));
    files.put("nothing.csv", new Document(new byte[0], "It is empty: 0 bytes."));
    files.put("blank.md", new Document(" \r\n\u3000\n".getBytes(UTF_8), "It holds nothing but"));
    byte[] sjis = "日本語の文章です。確認してください。\n".repeat(9).getBytes(Charset.forName("Shift_JIS"));
    byte[] utf8 = "日本語の文章です。確認してください。\n".repeat(9).getBytes(UTF_8);
    byte[] both = Arrays.copyOf(sjis, sjis.length + utf8.length);
    System.arraycopy(utf8, 0, both, sjis.length, utf8.length);
    files.put("mixed.txt", new Document(both, "It is "));
    return files;
  }

  private static Map<String, String> workbook(String text) {
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put("[Content_Types].xml", "<Types/>");
    parts.put(
        "_rels/.rels",
        "<Relationships><Relationship Id=\"w\" Type=\"urn:x/officeDocument\""
            + " Target=\"xl/workbook.xml\"/></Relationships>");
    parts.put(
        "xl/workbook.xml",
        "<workbook xmlns:r=\"urn:r\"><sheets><sheet name=\"Plan\""
            + " r:id=\"s\"/></sheets></workbook>");
    parts.put(
        "xl/_rels/workbook.xml.rels",
        "<Relationships><Relationship Id=\"s\" Type=\"urn:x/worksheet\""
            + " Target=\"worksheets/sheet1.xml\"/></Relationships>");
    parts.put(
        "xl/worksheets/sheet1.xml",
        "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>%s</t></is></c></row></sheetData></worksheet>"
            .formatted(text));
    return parts;
  }

  private static byte[] zip(Map<String, String> parts) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(out)) {
      zip.setLevel(Deflater.BEST_SPEED);
      for (Map.Entry<String, String> part : parts.entrySet()) {
        zip.putNextEntry(new ZipEntry(part.getKey()));
        zip.write(part.getValue().getBytes(UTF_8));
      }
    }
    return out.toByteArray();
  }

  private static byte[] binary(String text, String password) throws IOException {
    Biff8EncryptionKey.setCurrentUserPassword(password.isEmpty() ? null : password);
    var out = new ByteArrayOutputStream();
    try (var workbook = new HSSFWorkbook()) {
      workbook.createSheet("Plan").createRow(0).createCell(0).setCellValue(text);
      workbook.write(out);
    } finally {
      Biff8EncryptionKey.setCurrentUserPassword(null);
    }
    return out.toByteArray();
  }

  private static byte[] compound(String part) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var files = new POIFSFileSystem()) {
      files.createDocument(new ByteArrayInputStream(new byte[5000]), part);
      files.writeFilesystem(out);
    }
    return out.toByteArray();
  }

  private static void write(Path file, byte[] bytes) {
    try {
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
