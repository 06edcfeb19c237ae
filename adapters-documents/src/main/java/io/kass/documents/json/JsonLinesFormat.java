package io.kass.documents.json;

import com.fasterxml.jackson.core.JsonToken;
import io.kass.documents.format.Claim;
import io.kass.documents.format.DocumentFault;
import io.kass.documents.format.JsonText;
import io.kass.documents.format.Sample;
import io.kass.documents.format.StreamedFormat;
import io.kass.ports.document.Block;
import io.kass.ports.document.Block.TableRow.Cell;
import io.kass.ports.document.Locator;
import io.kass.ports.document.Place;
import io.kass.ports.document.Reading.Cause;
import io.kass.ports.document.SourceType;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A JSON object a line. Logs end in the middle of a line when their writer dies, so a line that is
 * no JSON becomes a row of its own, as it stands: nothing is lost, and one bad line does not cost
 * ten thousand good ones. Where more than a tenth of the lines are bad it is no such file.
 */
final class JsonLinesFormat extends StreamedFormat {
  private static final int MAX_LINE = 16 << 20;

  JsonLinesFormat(InstantSource clock) {
    super(clock, SourceType.SPREADSHEET, "application/jsonl");
  }

  @Override
  public String label() {
    return "JSON lines";
  }

  @Override
  public String id() {
    return "jsonl/1";
  }

  @Override
  public Claim claim(Sample sample) {
    boolean named =
        switch (sample.extension()) {
          case "jsonl", "ndjson", "jsonlines", "ldjson" -> true;
          default -> false;
        };
    String head = sample.text();
    int first = head.indexOf('\n');
    boolean object = head.startsWith("{");
    if (named && object) {
      return Claim.CERTAIN;
    }
    boolean second = object && first > 0 && head.startsWith("{", first + 1);
    return second && isJson(head.substring(0, first)) ? Claim.CERTAIN : Claim.NONE;
  }

  private static boolean isJson(String line) {
    try {
      new JsonRows(block -> {}, 0).read(new JsonText(new StringReader(line), () -> {}));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  protected void read(Sample sample, Reader text, Consumer<Block> blocks, Runnable check)
      throws IOException {
    var line = new StringBuilder();
    char[] buffer = new char[1 << 14];
    var lines = new Lines(blocks);
    for (int count = text.read(buffer); count >= 0; count = text.read(buffer)) {
      check.run();
      int from = 0;
      for (int i = 0; i < count; i++) {
        if (buffer[i] == '\n') {
          line.append(buffer, from, i - from);
          lines.take(line.toString());
          line.setLength(0);
          from = i + 1;
        }
      }
      line.append(buffer, from, count - from);
      if (line.length() > MAX_LINE) {
        throw new DocumentFault(
            Cause.TOO_LARGE,
            "Line %d is longer than %d characters.".formatted(lines.number + 1, MAX_LINE));
      }
    }
    lines.take(line.toString());
    lines.finish();
  }

  private static final class Lines {
    private final Consumer<Block> blocks;
    private int number;
    private int good;
    private int bad;

    Lines(Consumer<Block> blocks) {
      this.blocks = blocks;
    }

    void take(String line) throws IOException {
      number++;
      String plain = line.strip();
      if (plain.isEmpty()) {
        return;
      }
      // All rows of a line or none: a row of a line that breaks later would say it twice.
      var rows = new ArrayList<Block>();
      try {
        var json = new JsonText(new StringReader(plain), () -> {});
        JsonToken first = json.next();
        if (first != null) {
          new JsonRows(rows::add, number - 1).row(json, 1, "");
        }
        if (json.next() != null) {
          throw new DocumentFault(Cause.DAMAGED, "two values in one line");
        }
        good++;
        rows.forEach(blocks);
      } catch (DocumentFault e) {
        bad++;
        var place = new Place(new Locator.Lines(number, number), List.of(), -1, -1);
        blocks.accept(new Block.TableRow(List.of(new Cell("", plain)), place));
      }
    }

    void finish() throws DocumentFault {
      if (bad > 1 && bad > good / 9) {
        throw new DocumentFault(
            Cause.DAMAGED,
            "%d of its %d lines are no JSON. Repair it, or name it .txt."
                .formatted(bad, bad + good));
      }
    }
  }
}
