package io.kass.documents.pdf;

import io.kass.documents.pdf.PdfFrame.Done;
import io.kass.documents.pdf.PdfFrame.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.RandomAccessRead;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.jspecify.annotations.Nullable;

/** Reads the text of one PDF. Bounded by the process that it runs in, not by itself. */
final class PdfText {
  /** Takes what is read. */
  interface Sink extends PageStripper.PageConsumer {
    /** The document's title; called at most once, before the first page. */
    void title(String title);
  }

  /** Where the end of a whole PDF says that it is the end; more than what is added by mistake. */
  private static final int TAIL = 64 * 1024;

  private final int maxPages;
  private final Sink sink;
  private boolean hasContents;
  private boolean hasText;

  private PdfText(int maxPages, Sink sink) {
    this.maxPages = maxPages;
    this.sink = sink;
  }

  /** Reads a document, a page at a time; closes nothing. */
  static Done read(RandomAccessRead bytes, int maxPages, Sink sink) {
    return new PdfText(maxPages, sink).read(bytes);
  }

  private Done read(RandomAccessRead bytes) {
    try {
      if (!endsAsPdf(bytes)) {
        return new Done(Outcome.DAMAGED, "its end is missing");
      }
      try (PDDocument document = Loader.loadPDF(bytes)) {
        return read(document);
      }
    } catch (InvalidPasswordException e) {
      return new Done(Outcome.ENCRYPTED, "");
    } catch (IOException | RuntimeException e) {
      // PDFBox tells what is wrong with a document by any kind of exception.
      return new Done(isAboutDecryption(e) ? Outcome.ENCRYPTED : Outcome.DAMAGED, "");
    } catch (NoClassDefFoundError e) {
      // Locked with certificates: PDFBox looks for a library that is not there on purpose.
      if (isAboutDecryption(e)) {
        return new Done(Outcome.ENCRYPTED, "");
      }
      throw e;
    }
  }

  /** PDFBox makes the best of a document that was cut off; nobody would know that half is gone. */
  private static boolean endsAsPdf(RandomAccessRead bytes) throws IOException {
    long begin = Math.max(0, bytes.length() - TAIL);
    byte[] tail = new byte[(int) (bytes.length() - begin)];
    bytes.seek(begin);
    bytes.readFully(tail);
    bytes.seek(0);
    String end = new String(tail, StandardCharsets.ISO_8859_1);
    return end.contains("%%EOF") || end.contains("startxref");
  }

  /** Certificates and unknown handlers are no {@link InvalidPasswordException}. */
  private static boolean isAboutDecryption(Throwable e) {
    return Arrays.stream(e.getStackTrace())
        .anyMatch(frame -> frame.getClassName().contains(".pdmodel.encryption."));
  }

  private Done read(PDDocument document) throws IOException {
    Done obstacle = checkPages(document);
    if (obstacle != null) {
      return obstacle;
    }
    String title = title(document.getDocumentInformation().getTitle());
    if (!title.isEmpty()) {
      sink.title(title);
    }
    var stripper = new PageStripper(this::page);
    try {
      stripper.strip(document);
    } catch (IOException | RuntimeException e) {
      return new Done(Outcome.DAMAGED, "page " + stripper.currentPage() + " cannot be read");
    }
    if (hasText) {
      return new Done(Outcome.COMPLETE, "");
    }
    return new Done(hasContents ? Outcome.NO_TEXT : Outcome.EMPTY, "");
  }

  private @Nullable Done checkPages(PDDocument document) {
    int pages = 0;
    for (PDPage page : document.getPages()) {
      pages++;
      if (pages > maxPages) {
        return new Done(Outcome.TOO_MANY_PAGES, "");
      }
      // PDFBox puts an empty page where the page tree leads nowhere.
      if (page.getCOSObject().size() <= 1) {
        return new Done(Outcome.DAMAGED, "page " + pages + " is missing");
      }
    }
    return null;
  }

  private void page(int number, String text) {
    hasContents = true;
    hasText = hasText || !text.isEmpty();
    sink.page(number, text);
  }

  /** The title, or empty where it is only what the program that wrote the file put there. */
  static String title(@Nullable String given) {
    String title = given == null ? "" : given.strip().replaceAll("\\s+", " ");
    String lower = title.toLowerCase(Locale.ROOT);
    boolean meaningless =
        title.length() > 300
            || lower.equals("untitled")
            || lower.startsWith("microsoft ")
            || lower.matches(".*\\.(?:docx?|odt|rtf|xlsx?|pptx?|indd|qxd|dvi|tex|pdf|html?)");
    return meaningless ? "" : title;
  }
}
