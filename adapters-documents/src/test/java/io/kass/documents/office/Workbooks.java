package io.kass.documents.office;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.BiFunction;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.Font;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;

/** Writes workbooks for tests, by POI. */
final class Workbooks {
  private Workbooks() {}

  /** Does something with a workbook. */
  interface Step {
    void on(XSSFWorkbook workbook) throws IOException;
  }

  /** Does something with a workbook of either kind. */
  interface Content {
    void on(Workbook workbook) throws IOException;
  }

  /** An XLSX workbook. */
  static byte[] of(Step step) {
    try (var workbook = new XSSFWorkbook()) {
      step.on(workbook);
      return bytes(workbook);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An XLS workbook. */
  static byte[] binary(Content content) {
    try (var workbook = new HSSFWorkbook()) {
      content.on(workbook);
      return bytes(workbook);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(Workbook workbook) throws IOException {
    var out = new ByteArrayOutputStream();
    workbook.write(out);
    return out.toByteArray();
  }

  /** Writes a row; numbers are numbers, null is no cell. */
  static void row(Sheet sheet, int number, @Nullable Object... values) {
    var row = sheet.createRow(number - 1);
    for (int i = 0; i < values.length; i++) {
      if (values[i] instanceof Number value) {
        row.createCell(i).setCellValue(value.doubleValue());
      } else if (values[i] instanceof String value) {
        row.createCell(i).setCellValue(value);
      }
    }
  }

  static void bold(Sheet sheet, int number) {
    Font font = sheet.getWorkbook().createFont();
    font.setBold(true);
    CellStyle style = sheet.getWorkbook().createCellStyle();
    style.setFont(font);
    sheet.getRow(number - 1).forEach(cell -> cell.setCellStyle(style));
  }

  static void merge(Sheet sheet, String area) {
    sheet.addMergedRegion(CellRangeAddress.valueOf(area));
  }

  static CellStyle format(Sheet sheet, String code) {
    CellStyle style = sheet.getWorkbook().createCellStyle();
    style.setDataFormat(sheet.getWorkbook().createDataFormat().getFormat(code));
    return style;
  }

  /** The same archive with other contents: {@code change} gets a part's name and its text. */
  static byte[] changed(byte[] archive, BiFunction<String, String, String> change) {
    return rewritten(
        archive,
        (name, bytes, out) ->
            out.write(
                change
                    .apply(name, new String(bytes, StandardCharsets.UTF_8))
                    .getBytes(StandardCharsets.UTF_8)));
  }

  /** Writes a part anew. */
  interface Rewrite {
    void on(String name, byte[] bytes, OutputStream out) throws IOException;
  }

  /**
   * The same archive with other contents, and more of them.
   *
   * @param more names of parts that come after its own; they are given no bytes
   */
  static byte[] rewritten(byte[] archive, Rewrite rewrite, String... more) {
    var out = new ByteArrayOutputStream();
    try (var in = new ZipInputStream(new ByteArrayInputStream(archive));
        var zip = new ZipOutputStream(out)) {
      zip.setLevel(Deflater.BEST_SPEED);
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        zip.putNextEntry(new ZipEntry(entry.getName()));
        rewrite.on(entry.getName(), in.readAllBytes(), zip);
      }
      for (String name : more) {
        zip.putNextEntry(new ZipEntry(name));
        rewrite.on(name, new byte[0], zip);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
