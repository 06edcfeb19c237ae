package io.kass.documents.text;

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
import java.util.function.Predicate;

/** Text as it stands: what it means is not looked at here. */
final class TextFormat implements FormatReader {
  private final String label;
  private final String id;
  private final SourceType type;
  private final String mediaType;
  private final Predicate<Sample> named;
  private final InstantSource clock;

  private TextFormat(
      String label,
      String id,
      SourceType type,
      String mediaType,
      Predicate<Sample> named,
      InstantSource clock) {
    this.label = label;
    this.id = id;
    this.type = type;
    this.mediaType = mediaType;
    this.named = named;
    this.clock = clock;
  }

  /** Whatever is text and of no other format. */
  static TextFormat plain(InstantSource clock) {
    return new TextFormat(
        "plain text", "text/2", SourceType.TEXT, "text/plain", sample -> false, clock);
  }

  /** Known by its name only, since every text is Markdown too. */
  static TextFormat markdown(InstantSource clock) {
    return new TextFormat(
        "Markdown",
        "markdown/2",
        SourceType.MARKDOWN,
        "text/markdown",
        TextFormat::isNamedMarkdown,
        clock);
  }

  private static boolean isNamedMarkdown(Sample sample) {
    return switch (sample.extension()) {
      case "md", "markdown", "mdown", "mkd", "mkdn", "mdwn" -> true;
      default -> sample.plainName().equals("readme");
    };
  }

  @Override
  public String label() {
    return label;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public Claim claim(Sample sample) {
    if (type == SourceType.TEXT) {
      return Claim.POSSIBLE;
    }
    return named.test(sample) ? Claim.NAMED : Claim.NONE;
  }

  @Override
  public Reading read(
      CallScope scope, Sample sample, SeekableByteChannel content, BlockConsumer blocks)
      throws IOException {
    Runnable check = () -> scope.check(clock);
    return switch (Decoding.of(content, check)) {
      case Decoding.Refused(Unreadable reading) -> reading;
      case Decoding.Text(Reader reader) -> {
        blocks.begin(type, mediaType);
        boolean text = new TextWindows(blocks, Block.Prose::new).pass(reader, check);
        yield text
            ? new Complete(type, mediaType)
            : new Unreadable(Cause.EMPTY, "It holds nothing but white space.");
      }
    };
  }
}
