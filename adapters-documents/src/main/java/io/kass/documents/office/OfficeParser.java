package io.kass.documents.office;

import com.zaxxer.sparsebits.SparseBitSet;
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
  static final String LABEL = "DOCX, PPTX, XLS, XLSX";

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
        SparseBitSet.class,
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
      return bytes.read() == 'P' ? parts(bytes, bounds, blocks) : compound(bytes, blocks);
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

  private static Reading compound(DocumentBytes bytes, BlockSink blocks) throws IOException {
    bytes.position(0);
    try (var files = new POIFSFileSystem(Channels.newInputStream(bytes))) {
      Set<String> names = Set.copyOf(files.getRoot().getEntryNames());
      if (names.contains("EncryptionInfo") || names.contains("EncryptedPackage")) {
        throw Refused.encrypted();
      } else if (names.contains("Workbook")) {
        return new BinaryWorkbook(files.getRoot(), blocks).read();
      }
      throw new Refused(Cause.UNSUPPORTED, "It is " + kind(names) + ", or leave it out.");
    }
  }

  private static String kind(Set<String> names) {
    if (names.contains("WordDocument")) {
      return "an old Word document (DOC). Save it as DOCX";
    } else if (names.contains("PowerPoint Document")) {
      return "an old PowerPoint presentation (PPT). Save it as PPTX";
    } else if (names.contains("Book")) {
      return BinaryWorkbook.TOO_OLD;
    }
    return "a compound file of an unknown kind. Convert it";
  }
}
