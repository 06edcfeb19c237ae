package io.kass.documents.pdf;

/** PDF files that were made to harm. */
public final class HostilePdfs {
  static final String FONT =
      "/Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>";

  private HostilePdfs() {}

  /** A page of 300 MB in a file of less than two; PDFBox unpacks pages in several streams whole. */
  public static byte[] unpacking() {
    return RawPdf.onePage(RawPdf.bomb(" ".repeat(1000), 300_000), FONT)
        .put(3, page("[4 0 R 5 0 R]"))
        .put(5, RawPdf.stream("", RawPdf.latin("BT /F 12 Tf 72 700 Td (End) Tj ET")))
        .bytes();
  }

  /** Forms that draw forms that draw forms: more than anyone will live to see. */
  public static byte[] looping() {
    return nested().bytes();
  }

  private static RawPdf nested() {
    RawPdf pdf = RawPdf.onePage("/X Do", FONT + " /XObject << /X 5 0 R >>");
    for (int i = 5; i < 20; i++) {
      pdf.put(i, form(" /XObject << /X " + (i + 1) + " 0 R >>", "/X Do ".repeat(10)));
    }
    return pdf.put(20, form("", ""));
  }

  private static byte[] form(String resources, String content) {
    return RawPdf.stream(
        "/Type /XObject /Subtype /Form /BBox [0 0 600 700] /Resources << " + resources + " >>",
        RawPdf.latin(content));
  }

  /** The first page says "First"; the second is never done. */
  static byte[] pageAndThenALoop() {
    return nested()
        .put(2, "<< /Type /Pages /Kids [30 0 R 3 0 R] /Count 2 >>")
        .put(30, page("31 0 R"))
        .put(31, RawPdf.stream("", RawPdf.latin("BT /F 12 Tf 72 700 Td (First) Tj ET")))
        .bytes();
  }

  private static String page(String contents) {
    return "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %s /Resources << %s >> >>"
        .formatted(contents, FONT);
  }
}
