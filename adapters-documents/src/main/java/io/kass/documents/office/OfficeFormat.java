package io.kass.documents.office;

import io.kass.documents.format.Claim;
import io.kass.documents.format.FormatReader;
import io.kass.documents.format.Sample;
import io.kass.documents.guarded.Guard;
import io.kass.ports.CallScope;
import io.kass.ports.document.DocumentReader.BlockConsumer;
import io.kass.ports.document.Reading;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.Set;

/** Office documents, told by what stands at the beginning of their archive; which, by its parts. */
final class OfficeFormat implements FormatReader {
  /** What the first part of an Office document is called, or begins with. */
  private static final Set<String> FIRST_PARTS =
      Set.of("[Content_Types].xml", "_rels/", "docProps/", "word/", "xl/", "ppt/", "customXml/");

  private static final Set<String> EXTENSIONS =
      Set.of("docx", "docm", "dotx", "xlsx", "xlsm", "xltx", "pptx", "pptm", "ppsx");

  private final Guard guard;

  OfficeFormat(Guard guard) {
    this.guard = guard;
  }

  @Override
  public String label() {
    return OfficeParser.LABEL;
  }

  @Override
  public String id() {
    return "office/2";
  }

  @Override
  public Claim claim(Sample sample) {
    if (sample.has(0, "\u00D0\u00CF\u0011\u00E0\u00A1\u00B1")) {
      return Claim.CERTAIN;
    } else if (!sample.has(0, "PK\u0003\u0004")) {
      return Claim.NONE;
    }
    boolean office =
        EXTENSIONS.contains(sample.extension())
            || FIRST_PARTS.stream().anyMatch(part -> sample.has(30, part));
    return office ? Claim.CERTAIN : Claim.NONE;
  }

  @Override
  public Reading read(
      CallScope scope, Sample sample, SeekableByteChannel content, BlockConsumer blocks)
      throws IOException {
    return guard.read(scope, new OfficeParser(), content, blocks);
  }
}
