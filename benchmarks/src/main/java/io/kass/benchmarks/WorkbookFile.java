package io.kass.benchmarks;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A workbook as Excel writes it: one table of ten columns with texts, numbers, dates and formulas,
 * of which one text a row stands nowhere else.
 */
final class WorkbookFile {
  private static final String[] NAMES = {
    "No", "部署", "担当", "品名", "数量", "単価", "金額", "納期", "備考", "状態"
  };

  private WorkbookFile() {}

  /** Writes a workbook of so many rows below its header. */
  static void write(Path file, int rows) throws IOException {
    try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
      part(zip, "[Content_Types].xml", out -> out.write("<Types/>"));
      part(zip, "_rels/.rels", out -> relationships(out, "officeDocument", "xl/workbook.xml"));
      part(
          zip,
          "xl/workbook.xml",
          out ->
              out.write(
                  "<workbook xmlns:r=\"urn:r\"><sheets><sheet name=\"発注\" sheetId=\"1\""
                      + " r:id=\"r0\"/></sheets></workbook>"));
      part(
          zip,
          "xl/_rels/workbook.xml.rels",
          out ->
              relationships(
                  out,
                  "worksheet",
                  "worksheets/sheet1.xml",
                  "sharedStrings",
                  "sharedStrings.xml",
                  "styles",
                  "styles.xml"));
      part(zip, "xl/styles.xml", WorkbookFile::styles);
      part(zip, "xl/sharedStrings.xml", out -> texts(out, rows));
      part(zip, "xl/worksheets/sheet1.xml", out -> cells(out, rows));
    }
  }

  private interface Content {
    void to(Writer out) throws IOException;
  }

  private static void part(ZipOutputStream zip, String name, Content content) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    var out = new BufferedWriter(new OutputStreamWriter(zip, StandardCharsets.UTF_8), 1 << 16);
    content.to(out);
    out.flush();
    zip.closeEntry();
  }

  private static void relationships(Writer out, String... typesAndTargets) throws IOException {
    out.write("<Relationships>");
    for (int i = 0; i < typesAndTargets.length; i += 2) {
      out.write(
          "<Relationship Id=\"r%d\" Type=\"urn:x/%s\" Target=\"%s\"/>"
              .formatted(i / 2, typesAndTargets[i], typesAndTargets[i + 1]));
    }
    out.write("</Relationships>");
  }

  /** Look 0 is plain, 1 bold, 2 a date, 3 a price. */
  private static void styles(Writer out) throws IOException {
    out.write(
        "<styleSheet><fonts><font/><font><b/></font></fonts><cellXfs><xf numFmtId=\"0\""
            + " fontId=\"0\"/><xf numFmtId=\"0\" fontId=\"1\"/><xf numFmtId=\"14\""
            + " fontId=\"0\"/><xf numFmtId=\"3\" fontId=\"0\"/></cellXfs></styleSheet>");
  }

  /** The names of the columns, twenty words of each, and a note a row. */
  private static void texts(Writer out, int rows) throws IOException {
    var random = new SplittableRandom(7);
    out.write("<sst>");
    for (String name : NAMES) {
      out.write("<si><t>" + name + "</t></si>");
    }
    for (int i = 0; i < 20; i++) {
      out.write("<si><t>" + DocumentsBenchmark.words(random, 2) + "</t></si>");
    }
    for (int i = 0; i < rows; i++) {
      out.write("<si><t>" + i + " " + DocumentsBenchmark.words(random, 9) + "</t></si>");
    }
    out.write("</sst>");
  }

  private static void cells(Writer out, int rows) throws IOException {
    var random = new SplittableRandom(7);
    out.write("<worksheet><sheetData><row r=\"1\" spans=\"1:10\">");
    for (int i = 0; i < NAMES.length; i++) {
      out.write("<c r=\"%c1\" s=\"1\" t=\"s\"><v>%d</v></c>".formatted('A' + i, i));
    }
    out.write("</row>");
    for (int i = 0; i < rows; i++) {
      int row = i + 2;
      int count = random.nextInt(1000);
      int price = 100 * random.nextInt(1, 900);
      out.write(
          "<row r=\"%d\" spans=\"1:10\"><c r=\"A%d\"><v>%d</v></c>".formatted(row, row, i + 1));
      for (char column = 'B'; column <= 'D'; column++) {
        text(out, column, row, 10 + random.nextInt(20));
      }
      out.write("<c r=\"E%d\"><v>%d</v></c>".formatted(row, count));
      out.write("<c r=\"F%d\" s=\"3\"><v>%d</v></c>".formatted(row, price));
      out.write(
          "<c r=\"G%d\" s=\"3\"><f>E%d*F%d</f><v>%d</v></c>"
              .formatted(row, row, row, count * price));
      out.write("<c r=\"H%d\" s=\"2\"><v>%d</v></c>".formatted(row, 45_000 + random.nextInt(700)));
      text(out, 'I', row, 30 + i);
      text(out, 'J', row, 10 + random.nextInt(20));
      out.write("</row>");
    }
    out.write("</sheetData><autoFilter ref=\"A1:J%d\"/></worksheet>".formatted(rows + 1));
  }

  private static void text(Writer out, char column, int row, int number) throws IOException {
    out.write("<c r=\"%c%d\" t=\"s\"><v>%d</v></c>".formatted(column, row, number));
  }
}
