package io.kass.cli;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.util.Map;

/**
 * Writes text in a charset that may not have every character: KASS's own ornaments become ASCII
 * there; the words of documents are left to the charset.
 */
final class EncodableWriter extends FilterWriter {
  private static final Map<String, String> PLAIN =
      Map.of("│", "|", "›", ">", "·", "-", "…", "...", "–", "-", "✓", "+", "✗", "x");

  private final CharsetEncoder encoder;
  private final boolean complete;

  EncodableWriter(OutputStream out, Charset charset) {
    super(new OutputStreamWriter(out, charset));
    this.encoder = charset.newEncoder();
    this.complete = charset.name().startsWith("UTF-");
  }

  @Override
  public void write(String text, int offset, int length) throws IOException {
    String shown = text.substring(offset, offset + length);
    if (!complete && !encoder.canEncode(shown)) {
      for (Map.Entry<String, String> ornament : PLAIN.entrySet()) {
        if (!encoder.canEncode(ornament.getKey())) {
          shown = shown.replace(ornament.getKey(), ornament.getValue());
        }
      }
    }
    out.write(shown);
  }
}
