package io.kass.documents.pdf;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * Writes PDF files object by object, for what no honest library writes. Object 1 is the catalogue,
 * object 2 the page tree.
 */
final class RawPdf {
  private final Map<Integer, byte[]> objects = new TreeMap<>();

  /** A file with one page of this content, which may use the fonts and forms that are named. */
  static RawPdf onePage(String content, String resources) {
    return onePage(stream("", latin(content)), resources);
  }

  static RawPdf onePage(byte[] contentStream, String resources) {
    return new RawPdf()
        .put(1, "<< /Type /Catalog /Pages 2 0 R >>")
        .put(2, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>")
        .put(
            3,
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << "
                + resources
                + " >> >>")
        .put(4, contentStream);
  }

  RawPdf put(int number, String body) {
    return put(number, latin(body));
  }

  RawPdf put(int number, byte[] body) {
    objects.put(number, body);
    return this;
  }

  /** A stream with what its dictionary holds besides its length. */
  static byte[] stream(String dictionary, byte[] data) {
    var out = new ByteArrayOutputStream();
    out.writeBytes(latin("<< " + dictionary + " /Length " + data.length + " >>\nstream\n"));
    out.writeBytes(data);
    out.writeBytes(latin("\nendstream"));
    return out.toByteArray();
  }

  /** A stream that unpacks to the same line so many times. */
  static byte[] bomb(String line, int times) {
    var packed = new ByteArrayOutputStream();
    byte[] thousand = latin((line + "\n").repeat(1000));
    try (var deflating = new DeflaterOutputStream(packed, new Deflater(Deflater.BEST_SPEED))) {
      for (int i = 0; i < times / 1000; i++) {
        deflating.write(thousand);
      }
    } catch (IOException e) {
      throw new AssertionError("memory does not fail", e);
    }
    return stream("/Filter /FlateDecode", packed.toByteArray());
  }

  byte[] bytes() {
    var out = new ByteArrayOutputStream();
    var table = new StringBuilder();
    out.writeBytes(latin("%PDF-1.7\n%\u00E2\u00E3\u00CF\u00D3\n"));
    int next = 0;
    for (Map.Entry<Integer, byte[]> object : objects.entrySet()) {
      table.append(object.getKey()).append(" 1\n");
      table.append("%010d 00000 n \n".formatted(out.size()));
      next = object.getKey() + 1;
      out.writeBytes(latin(object.getKey() + " 0 obj\n"));
      out.writeBytes(object.getValue());
      out.writeBytes(latin("\nendobj\n"));
    }
    int start = out.size();
    out.writeBytes(latin("xref\n0 1\n0000000000 65535 f \n" + table));
    out.writeBytes(latin("trailer\n<< /Root 1 0 R /Size " + next + " >>\n"));
    out.writeBytes(latin("startxref\n" + start + "\n%%EOF\n"));
    return out.toByteArray();
  }

  static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
