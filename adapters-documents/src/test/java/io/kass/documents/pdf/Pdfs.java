package io.kass.documents.pdf;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.FontMappers;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.apache.pdfbox.pdmodel.graphics.image.LosslessFactory;

/** Writes PDF files for tests, without any font of the machine. */
public final class Pdfs {
  static {
    System.setProperty("org.apache.commons.logging.Log", "org.apache.commons.logging.impl.NoOpLog");
    FontMappers.set(new BundledFont());
  }

  private Pdfs() {}

  /** Does something with a document that is about to be saved. */
  @FunctionalInterface
  interface Step {
    void on(PDDocument document) throws IOException;
  }

  /** A document with a page for each text; lines are 14 points apart, in 11 point Helvetica. */
  public static byte[] pages(String... texts) {
    return document(document -> {
      for (String text : texts) {
        addPage(document, text);
      }
    });
  }

  static byte[] document(Step... steps) {
    try (var document = new PDDocument()) {
      for (Step step : steps) {
        step.on(document);
      }
      var out = new ByteArrayOutputStream();
      document.save(out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void addPage(PDDocument document, String text) throws IOException {
    float y = 760;
    try (var page = page(document)) {
      for (String line : text.lines().toList()) {
        page.line(72, y, 11, line);
        y -= 14;
      }
    }
  }

  /** A new page to write on. */
  static PageWriter page(PDDocument document) throws IOException {
    var page = new PDPage();
    document.addPage(page);
    return new PageWriter(new PDPageContentStream(document, page));
  }

  /** Encrypted with 128 bit AES; it asks for a password to open it unless that is empty. */
  static Step encrypted(String userPassword) {
    return document -> {
      var permissions = new AccessPermission();
      permissions.setCanExtractContent(false);
      var policy = new StandardProtectionPolicy("owner", userPassword, permissions);
      policy.setEncryptionKeyLength(128);
      policy.setPreferAES(true);
      document.protect(policy);
    };
  }

  /** A page that is nothing but a picture, as scanners make it. */
  static void addPicture(PDDocument document) throws IOException {
    var image = new BufferedImage(200, 100, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(20, 20, 100, 30);
    graphics.dispose();
    var page = new PDPage();
    document.addPage(page);
    try (var content = new PDPageContentStream(document, page)) {
      content.drawImage(LosslessFactory.createFromImage(document, image), 50, 500);
    }
  }

  /** Writes lines at places. */
  record PageWriter(PDPageContentStream content) implements AutoCloseable {
    private static final PDFont FONT = new PDType1Font(FontName.HELVETICA);

    /** Writes a line; {@code y} counts from the bottom of the page, 792 points high. */
    void line(float x, float y, float size, String text) throws IOException {
      content.beginText();
      content.setFont(FONT, size);
      content.newLineAtOffset(x, y);
      content.showText(text);
      content.endText();
    }

    @Override
    public void close() throws IOException {
      content.close();
    }
  }
}
