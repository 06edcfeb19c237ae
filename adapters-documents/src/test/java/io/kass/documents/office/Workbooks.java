package io.kass.documents.office;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.BiFunction;
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
    var out = new ByteArrayOutputStream();
    try (var in = new ZipInputStream(new ByteArrayInputStream(archive));
        var zip = new ZipOutputStream(out)) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        zip.putNextEntry(new ZipEntry(entry.getName()));
        zip.write(change.apply(entry.getName(), text).getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
