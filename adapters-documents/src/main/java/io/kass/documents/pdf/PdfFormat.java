package io.kass.documents.pdf;

import io.kass.documents.format.Claim;
import io.kass.documents.format.FormatReader;
import io.kass.documents.format.Sample;
import io.kass.documents.guarded.Guard;
import io.kass.ports.CallScope;
import io.kass.ports.document.DocumentReader.BlockConsumer;
import io.kass.ports.document.Reading;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;

/** PDF: a page becomes a block, or several where it is longer than a window. */
final class PdfFormat implements FormatReader {
  private static final String HEADER = "%PDF-";

  /** How far into a file readers of PDF look for its header. */
  private static final int HEADER_WITHIN = 1024;

  private final Guard guard;

  PdfFormat(Guard guard) {
    this.guard = guard;
  }

  @Override
  public String label() {
    return "PDF";
  }

  @Override
  public String id() {
    return "pdf/1";
  }

  @Override
  public Claim claim(Sample sample) {
    int header = sample.find(HEADER, 0);
    if (header < 0 || header > HEADER_WITHIN) {
      return Claim.NONE;
    } else if (header == 0) {
      return Claim.CERTAIN;
    }
    // After something else, as some web servers leave it. A text may speak of the header, too.
    boolean isPdf = sample.find(" obj", header) > 0 && sample.extension().equals("pdf");
    return isPdf ? Claim.CERTAIN : Claim.NONE;
  }

  @Override
  public Reading read(
      CallScope scope, Sample sample, SeekableByteChannel content, BlockConsumer blocks)
      throws IOException {
    return guard.read(scope, new PdfParser(), content, blocks);
  }
}
