package io.kass.core.chunking;

import io.kass.ports.document.Block;
import io.kass.ports.document.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Puts contiguous blocks of text together into one text for a cutter. What is not contiguous, or no
 * running text, begins a text of its own; titles that come as blocks head what follows them. The
 * rows of a table become lines {@code Column: value | …}.
 */
final class BlockChunking implements Chunking {
  private final Function<Cutter.Output, Cutter> cutters;
  private final Consumer<ChunkDraft> chunks;
  private final List<Block.Heading> titles = new ArrayList<>();
  private @Nullable BlockText current;

  /** Where the table stands whose rows are the current text, if it is one. */
  private @Nullable Place table;

  /**
   * The chunking of one document.
   *
   * @param cutters makes the cutter of one text
   */
  BlockChunking(Function<Cutter.Output, Cutter> cutters, Consumer<ChunkDraft> chunks) {
    this.cutters = cutters;
    this.chunks = chunks;
  }

  @Override
  public void accept(Block block) {
    switch (block) {
      case Block.Prose prose -> append(prose);
      case Block.Code code -> append(code);
      case Block.Heading heading -> open(heading);
      case Block.TableRow row -> row(row);
      case Block.ChatMessage message -> alone(message);
      case Block.Hunk hunk -> alone(hunk);
      case Block.Field field -> alone(field);
    }
  }

  @Override
  public void finish() {
    if (current != null) {
      current.finish();
      current = null;
    }
    table = null;
  }

  private void append(Block block) {
    if (current == null || !current.isContinuedBy(block.place())) {
      begin(block.place());
    }
    if (current != null) {
      current.append(block.text(), block.place());
    }
  }

  /** The rows of a table are one text, a line each, and put together: they have no offsets. */
  private void row(Block.TableRow row) {
    if (row.cells().isEmpty()) {
      return;
    }
    Place at = new Place(row.place().locator(), row.place().headings(), -1, -1);
    if (current == null || !at.equals(table)) {
      begin(at);
      table = at;
    }
    if (current != null) {
      current.append(SheetText.named(row) + "\n", at);
    }
  }

  private void alone(Block block) {
    finish();
    append(block);
    finish();
  }

  private void open(Block.Heading heading) {
    finish();
    titles.removeIf(title -> title.level() >= heading.level());
    titles.add(heading);
  }

  private void begin(Place place) {
    finish();
    var above = new ArrayList<>(place.headings());
    titles.forEach(title -> above.add(title.text()));
    current = new BlockText(cutters, place, List.copyOf(above), chunks);
  }
}
