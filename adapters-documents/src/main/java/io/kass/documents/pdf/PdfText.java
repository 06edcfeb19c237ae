package io.kass.documents.pdf;

import io.kass.documents.guarded.BlockSink;
import io.kass.ports.document.Block;
import io.kass.ports.document.Locator;
import io.kass.ports.document.Place;
import io.kass.ports.document.Reading;
import io.kass.ports.document.Reading.Cause;
import io.kass.ports.document.Reading.Complete;
import io.kass.ports.document.Reading.Unreadable;
import io.kass.ports.document.SourceType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.RandomAccessRead;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.jspecify.annotations.Nullable;

/** Reads the text of one PDF. Bounded by the process that it runs in, not by itself. */
final class PdfText {
  private static final String MEDIA_TYPE = "application/pdf";

  /** Where the end of a whole PDF says that it is the end; more than what is added by mistake. */
  private static final int TAIL = 64 * 1024;

  private final int maxPages;
  private final BlockSink blocks;
  private String title = "";
  private long offset;
  private boolean begun;
  private boolean hasContents;
  private boolean hasText;

  private PdfText(int maxPages, BlockSink blocks) {
    this.maxPages = maxPages;
    this.blocks = blocks;
  }

  /** Reads a document, a page at a time; closes nothing. */
  static Reading read(RandomAccessRead bytes, int maxPages, BlockSink blocks) {
    return new PdfText(maxPages, blocks).read(bytes);
  }

  private Reading read(RandomAccessRead bytes) {
    try {
      if (!endsAsPdf(bytes)) {
        return damaged(": its end is missing");
      }
      try (PDDocument document = Loader.loadPDF(bytes)) {
        return read(document);
      }
    } catch (InvalidPasswordException e) {
      return encrypted();
    } catch (IOException | RuntimeException e) {
      // PDFBox tells what is wrong with a document by any kind of exception.
      return isAboutDecryption(e) ? encrypted() : damaged("");
    } catch (NoClassDefFoundError e) {
      // Locked with certificates: PDFBox looks for a library that is not there on purpose.
      if (isAboutDecryption(e)) {
        return encrypted();
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

  private Reading read(PDDocument document) throws IOException {
    Unreadable obstacle = checkPages(document);
    if (obstacle != null) {
      return obstacle;
    }
    title = title(document.getDocumentInformation().getTitle());
    var stripper = new PageStripper(this::page);
    try {
      stripper.strip(document);
    } catch (IOException | RuntimeException e) {
      return damaged(": page " + stripper.currentPage() + " cannot be read");
    }
    if (hasText) {
      return new Complete(SourceType.PAGED, MEDIA_TYPE);
    }
    return hasContents
        ? new Unreadable(
            Cause.NO_TEXT,
            "It holds no text, only pictures of it. Run text recognition (OCR) on it first.")
        : new Unreadable(Cause.EMPTY, "Its pages are empty.");
  }

  private @Nullable Unreadable checkPages(PDDocument document) {
    int pages = 0;
    for (PDPage page : document.getPages()) {
      pages++;
      if (pages > maxPages) {
        return new Unreadable(
            Cause.TOO_LARGE,
            "It has more than %d pages. Split it, or raise documents.max-pages."
                .formatted(maxPages));
      }
      // PDFBox puts an empty page where the page tree leads nowhere.
      if (page.getCOSObject().size() <= 1) {
        return damaged(": page " + pages + " is missing");
      }
    }
    return null;
  }

  private void page(int number, String text) {
    hasContents = true;
    hasText = hasText || !text.isEmpty();
    if (!text.isEmpty()) {
      hand(new Locator.Pages(number, number), text);
    }
    // The page after this one may take a while.
    blocks.flush();
  }

  private void hand(Locator page, String text) {
    if (!begun) {
      begun = true;
      blocks.begin(SourceType.PAGED, MEDIA_TYPE);
      if (!title.isEmpty()) {
        blocks.accept(new Block.Heading(1, title, new Place(page, List.of(), -1, -1)));
      }
    }
    long end = offset + text.length();
    blocks.accept(new Block.Prose(text, new Place(page, List.of(), offset, end)));
    offset = end;
  }

  private static Unreadable encrypted() {
    return new Unreadable(
        Cause.ENCRYPTED, "It asks for a password. Save it without one, or leave it out.");
  }

  private static Unreadable damaged(String detail) {
    return new Unreadable(
        Cause.DAMAGED, "It is damaged" + detail + ". Get it anew, or print it to a new PDF.");
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
