package io.kass.core.chunking;

import io.kass.ports.Json;
import io.kass.ports.Metadata;
import io.kass.ports.document.Block;
import io.kass.ports.document.Locator;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One workbook on its way into chunks: tells its sheets apart. */
final class SheetChunking implements Chunking {
  private final ChunkSizes sizes;
  private final SheetParts parts;
  private final Consumer<ChunkDraft> chunks;
  private final BlockChunking others;
  private final List<Block.Heading> titles = new ArrayList<>();
  private @Nullable SheetText sheet;

  SheetChunking(ChunkSizes sizes, SheetParts parts, Consumer<ChunkDraft> chunks) {
    this.sizes = sizes;
    this.parts = parts;
    this.chunks = chunks;
    this.others = new BlockChunking(output -> new RecursiveCutter(sizes, output), chunks);
  }

  @Override
  public void accept(Block block) {
    switch (block) {
      case Block.TableRow row -> row(row);
      case Block.Heading heading -> {
        endSheet();
        titles.removeIf(title -> title.level() >= heading.level());
        titles.add(heading);
        others.accept(heading);
      }
      case Block.Prose prose -> other(prose);
      case Block.Code code -> other(code);
      case Block.ChatMessage message -> other(message);
      case Block.Hunk hunk -> other(hunk);
      case Block.Field field -> other(field);
    }
  }

  private void other(Block block) {
    endSheet();
    others.accept(block);
  }

  private void row(Block.TableRow row) {
    if (row.cells().isEmpty()) {
      return;
    }
    others.finish();
    String name = row.place().locator() instanceof Locator.Rows rows ? rows.sheet() : "";
    List<String> headings = headings(row);
    if (sheet != null && !(sheet.name().equals(name) && sheet.headings().equals(headings))) {
      endSheet();
    }
    if (sheet == null) {
      sheet = new SheetText(name, headings, sizes, parts, chunks);
    }
    sheet.add(row);
  }

  private List<String> headings(Block.TableRow row) {
    var all = new ArrayList<>(row.place().headings());
    titles.forEach(title -> all.add(title.text()));
    return all;
  }

  @Override
  public void finish() {
    endSheet();
    others.finish();
  }

  private void endSheet() {
    if (sheet != null) {
      sheet.finish();
      sheet = null;
    }
  }

  /** What is known of a chunk of a sheet. */
  static Metadata metadata(String sheet, String type, String number, long value) {
    Metadata known = Metadata.EMPTY.with("type", Json.of(type)).with(number, Json.of(value));
    return sheet.isEmpty() ? known : known.with("sheet", Json.of(sheet));
  }
}
