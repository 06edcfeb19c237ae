package io.kass.documents.guarded;

import io.kass.documents.format.Windows;
import io.kass.ports.document.Block;
import io.kass.ports.document.Place;
import io.kass.ports.document.SourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Collects blocks into frames of bounded size, cutting what no frame could carry. */
final class BlockSender implements BlockSink {
  /** What a frame holds, about, in UTF-16 code units. */
  private static final int ENOUGH = 32 * 1024;

  private final Consumer<Frame.Report> reports;
  private final List<Block> blocks = new ArrayList<>();
  private int weight;

  BlockSender(Consumer<Frame.Report> reports) {
    this.reports = reports;
  }

  @Override
  public void begin(SourceType type, String mediaType) {
    reports.accept(new Frame.Begin(type, mediaType));
  }

  @Override
  public void accept(Block block) {
    switch (block) {
      case Block.Prose(String text, Place place) ->
          pieces(text, place, (piece, where) -> add(new Block.Prose(piece, where)));
      case Block.Code(String language, String text, Place place) ->
          pieces(text, place, (piece, where) -> add(new Block.Code(language, piece, where)));
      case Block.TableRow(List<Block.TableRow.Cell> cells, Place place) -> row(cells, place);
      case Block.Heading heading -> add(heading);
      case Block.ChatMessage message -> add(message);
      case Block.Hunk hunk -> add(hunk);
      case Block.Field field -> add(field);
    }
  }

  private interface Piece {
    void take(String text, Place place);
  }

  private static void pieces(String text, Place place, Piece taker) {
    if (text.length() <= Windows.MAX) {
      taker.take(text, place);
      return;
    }
    char[] chars = text.toCharArray();
    int begin = 0;
    while (chars.length - begin > Windows.MAX) {
      int end = Windows.end(chars, begin, Windows.MAX);
      taker.take(new String(chars, begin, end - begin), part(place, begin, end));
      begin = end;
    }
    taker.take(new String(chars, begin, chars.length - begin), part(place, begin, chars.length));
  }

  private static Place part(Place place, int begin, int end) {
    return place.begin() < 0
        ? place
        : new Place(place.locator(), place.headings(), place.begin() + begin, place.begin() + end);
  }

  /** A row that is longer than a window becomes several. */
  private void row(List<Block.TableRow.Cell> cells, Place place) {
    var part = new ArrayList<Block.TableRow.Cell>();
    int length = 0;
    for (Block.TableRow.Cell cell : cells) {
      int more = cell.column().length() + cell.value().length() + 8;
      if (length + more > Windows.MAX && !part.isEmpty()) {
        add(new Block.TableRow(part, place));
        part.clear();
        length = 0;
      }
      part.add(cell);
      length += more;
    }
    add(new Block.TableRow(part, place));
  }

  private void add(Block block) {
    blocks.add(block);
    weight += block.text().length() + 64;
    if (weight >= ENOUGH) {
      flush();
    }
  }

  @Override
  public void flush() {
    if (!blocks.isEmpty()) {
      reports.accept(new Frame.Blocks(blocks));
      blocks.clear();
      weight = 0;
    }
  }
}
