package io.kass.documents.html;

import io.kass.documents.format.Claim;
import io.kass.documents.format.FormatReader;
import io.kass.documents.format.Sample;
import io.kass.documents.guarded.Guard;
import io.kass.ports.CallScope;
import io.kass.ports.document.DocumentReader.BlockConsumer;
import io.kass.ports.document.Reading;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** HTML, told from other texts by how it begins. */
final class HtmlFormat implements FormatReader {
  /** What a page begins with: perhaps a declaration and comments, then its type or its root. */
  private static final Pattern BEGINNING =
      Pattern.compile(
          "\\s*(?:<\\?xml[^>]{0,200}>\\s*)?(?:<!--.{0,2000}?-->\\s*)*<(?:!doctype\\s+html|html)\\b",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private final Guard guard;

  HtmlFormat(Guard guard) {
    this.guard = guard;
  }

  @Override
  public String label() {
    return "HTML";
  }

  @Override
  public String id() {
    return "html/2";
  }

  @Override
  public Claim claim(Sample sample) {
    if (BEGINNING.matcher(beginning(sample)).lookingAt()) {
      return Claim.CERTAIN;
    }
    return switch (sample.extension()) {
      case "html", "htm", "xhtml" -> sample.find("<", 0) >= 0 ? Claim.NAMED : Claim.NONE;
      default -> Claim.NONE;
    };
  }

  /** The first characters, in whatever encoding. */
  private static String beginning(Sample sample) {
    String head = new String(sample.head(), StandardCharsets.ISO_8859_1);
    if (head.startsWith("\u00EF\u00BB\u00BF")) {
      return head.substring(3);
    } else if (head.startsWith("\u00FF\u00FE") || head.startsWith("\u00FE\u00FF")) {
      return head.substring(2).replace("\0", "");
    }
    return head;
  }

  @Override
  public Reading read(
      CallScope scope, Sample sample, SeekableByteChannel content, BlockConsumer blocks)
      throws IOException {
    return guard.read(scope, new HtmlParser(), content, blocks);
  }
}
