package io.kass.documents.code;

import io.kass.documents.format.Claim;
import io.kass.documents.format.Decoding;
import io.kass.documents.format.FormatReader;
import io.kass.documents.format.Sample;
import io.kass.documents.format.TextWindows;
import io.kass.ports.CallScope;
import io.kass.ports.document.Block;
import io.kass.ports.document.DocumentReader.BlockConsumer;
import io.kass.ports.document.Reading;
import io.kass.ports.document.Reading.Cause;
import io.kass.ports.document.Reading.Complete;
import io.kass.ports.document.Reading.Unreadable;
import io.kass.ports.document.SourceType;
import java.io.IOException;
import java.io.Reader;
import java.nio.channels.SeekableByteChannel;
import java.time.InstantSource;

/** Source code as it stands; what it means is the chunker's to see. */
final class CodeFormat implements FormatReader {
  private static final String MEDIA_TYPE = "text/x-source";

  private final InstantSource clock;

  CodeFormat(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public String label() {
    return "source code";
  }

  @Override
  public String id() {
    return "code/1";
  }

  @Override
  public Claim claim(Sample sample) {
    if (CodeLanguages.ofInterpreter(sample.text()) != null) {
      return Claim.GENERAL;
    }
    return CodeLanguages.ofName(sample) == null ? Claim.NONE : Claim.NAMED;
  }

  @Override
  public Reading read(
      CallScope scope, Sample sample, SeekableByteChannel content, BlockConsumer blocks)
      throws IOException {
    Runnable check = () -> scope.check(clock);
    return switch (Decoding.of(content, check)) {
      case Decoding.Refused(Unreadable reading) -> reading;
      case Decoding.Text(Reader reader) -> {
        String language = CodeLanguages.of(sample);
        blocks.begin(SourceType.CODE, MEDIA_TYPE);
        var windows =
            new TextWindows(blocks, (text, place) -> new Block.Code(language, text, place));
        yield windows.pass(reader, check)
            ? new Complete(SourceType.CODE, MEDIA_TYPE)
            : new Unreadable(Cause.EMPTY, "It holds nothing but white space.");
      }
    };
  }
}
