package io.kass.documents.office;

import io.kass.documents.guarded.BlockSink;
import io.kass.documents.guarded.DocumentBytes;
import io.kass.documents.guarded.DocumentParser;
import io.kass.ports.document.Reading;
import io.kass.ports.document.Reading.Cause;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.List;
import java.util.Set;
import org.apache.commons.codec.Charsets;
import org.apache.commons.collections4.Bag;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.io.IOUtils;
import org.apache.commons.lang3.ArrayFill;
import org.apache.commons.math3.Field;
import org.apache.logging.log4j.Logger;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;

/** Reads Office documents, one after another. */
final class OfficeParser implements DocumentParser {
  static final String LABEL = "DOCX, PPTX, XLSX";

  @Override
  public List<Class<?>> needs() {
    return List.of(
        POIFSFileSystem.class,
        ZipFile.class,
        IOUtils.class,
        ArrayFill.class,
        Charsets.class,
        Bag.class,
        Field.class,
        Logger.class);
  }

  @Override
  public String remedy() {
    return "Save it to a new file with Office";
  }

  @Override
  public Reading parse(DocumentBytes bytes, Bounds bounds, BlockSink blocks) throws IOException {
    try {
      bytes.position(0);
      return bytes.read() == 'P' ? parts(bytes, bounds, blocks) : compound(bytes);
    } catch (Refused e) {
      return e.reading();
    }
  }

  private static Reading parts(DocumentBytes bytes, Bounds bounds, BlockSink blocks)
      throws IOException {
    try (var parts = Parts.open(bytes, bounds.maxUnpacked())) {
      String main = parts.target("", "officeDocument");
      String kind = main == null ? "" : parts.root(main);
      if (main != null) {
        switch (kind) {
          case "workbook" -> {
            return new Workbook(parts, main, blocks).read();
          }
          case "document" -> {
            return new WordText(parts, main, blocks).read();
          }
          case "presentation" -> {
            return new SlideText(parts, main, bounds, blocks).read();
          }
          default -> {}
        }
      }
      throw new Refused(
          Cause.UNSUPPORTED,
          "It is a ZIP archive, not an Office document that can be read (%s). Convert it, or leave it out."
              .formatted(LABEL));
    }
  }

  private static Reading compound(DocumentBytes bytes) throws IOException {
    bytes.position(0);
    Set<String> names;
    try (var files = new POIFSFileSystem(Channels.newInputStream(bytes))) {
      names = Set.copyOf(files.getRoot().getEntryNames());
    }
    if (names.contains("EncryptionInfo") || names.contains("EncryptedPackage")) {
      throw new Refused(
          Cause.ENCRYPTED, "It asks for a password. Save it without one, or leave it out.");
    }
    String kind;
    if (names.contains("WordDocument")) {
      kind = "an old Word document (DOC). Save it as DOCX";
    } else if (names.contains("PowerPoint Document")) {
      kind = "an old PowerPoint presentation (PPT). Save it as PPTX";
    } else if (names.contains("Workbook") || names.contains("Book")) {
      kind = "an old Excel workbook (XLS). Save it as XLSX";
    } else {
      kind = "a compound file of an unknown kind. Convert it";
    }
    throw new Refused(Cause.UNSUPPORTED, "It is " + kind + ", or leave it out.");
  }
}
