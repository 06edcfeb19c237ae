package io.kass.documents.pdf;

import io.kass.documents.guarded.BlockSink;
import io.kass.documents.guarded.DocumentBytes;
import io.kass.documents.guarded.DocumentParser;
import io.kass.ports.document.Reading;
import java.util.List;
import org.apache.commons.logging.LogFactory;
import org.apache.fontbox.FontBoxFont;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.RandomAccessRead;
import org.apache.pdfbox.pdmodel.font.FontMappers;

/** Reads PDF, one document after another. */
final class PdfParser implements DocumentParser {
  @Override
  public List<Class<?>> needs() {
    return List.of(Loader.class, RandomAccessRead.class, FontBoxFont.class, LogFactory.class);
  }

  @Override
  public String remedy() {
    return "Print it to a new PDF";
  }

  @Override
  public Reading parse(DocumentBytes bytes, Bounds bounds, BlockSink blocks) {
    FontMappers.set(new BundledFont());
    return PdfText.read(new PdfBytes(bytes), bounds.maxPages(), blocks);
  }
}
