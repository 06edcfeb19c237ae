package io.kass.documents.json;

import io.kass.documents.format.Claim;
import io.kass.documents.format.JsonText;
import io.kass.documents.format.Sample;
import io.kass.documents.format.StreamedFormat;
import io.kass.ports.document.Block;
import io.kass.ports.document.SourceType;
import java.io.IOException;
import java.io.Reader;
import java.time.InstantSource;
import java.util.function.Consumer;

/** JSON of any kind that has no format of its own. */
final class JsonFormat extends StreamedFormat {
  JsonFormat(InstantSource clock) {
    super(clock, SourceType.SPREADSHEET, "application/json");
  }

  @Override
  public String label() {
    return "JSON";
  }

  @Override
  public String id() {
    return "json/1";
  }

  @Override
  public Claim claim(Sample sample) {
    if (JsonText.begins(sample)) {
      return Claim.GENERAL;
    }
    // Broken at its very beginning, or with a comment there: the name says what it should be.
    String head = sample.text().stripLeading();
    boolean named = sample.extension().equals("json") || sample.extension().equals("jsonc");
    return named && !head.isEmpty() && "{[/".indexOf(head.charAt(0)) >= 0
        ? Claim.NAMED
        : Claim.NONE;
  }

  @Override
  protected void read(Sample sample, Reader text, Consumer<Block> blocks, Runnable check)
      throws IOException {
    new JsonRows(blocks, 0).read(new JsonText(text, check));
  }
}
