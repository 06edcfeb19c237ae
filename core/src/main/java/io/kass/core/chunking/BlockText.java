package io.kass.core.chunking;

import io.kass.ports.document.Locator;
import io.kass.ports.document.Place;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** A text of contiguous blocks: gives the chunks that are cut from it their places. */
final class BlockText implements Cutter.Output {
  private final Cutter cutter;
  private final List<String> headings;
  private final Place start;
  private final Consumer<ChunkDraft> chunks;
  private final Deque<Place> pages = new ArrayDeque<>();
  private long end;

  BlockText(
      Function<Cutter.Output, Cutter> cutters,
      Place start,
      List<String> headings,
      Consumer<ChunkDraft> chunks) {
    this.cutter = cutters.apply(this);
    this.start = start;
    this.headings = headings;
    this.chunks = chunks;
    this.end = start.begin();
  }

  /** Whether the text of a block at this place follows without a gap. */
  boolean isContinuedBy(Place place) {
    return end >= 0
        && place.begin() == end
        && place.locator().getClass() == start.locator().getClass()
        && place.headings().equals(start.headings());
  }

  void append(String text, Place place) {
    end = place.end();
    if (place.locator() instanceof Locator.Pages) {
      pages.add(place);
    }
    cutter.append(text);
  }

  void finish() {
    cutter.finish();
  }

  @Override
  public void chunk(String text, long begin, int first, int last, List<String> under) {
    long offset = start.begin() < 0 ? -1 : start.begin() + begin;
    long after = offset < 0 ? -1 : offset + text.length();
    var place = new Place(locator(offset, after, first, last), join(under), offset, after);
    chunks.accept(new ChunkDraft(text, place));
  }

  private List<String> join(List<String> under) {
    if (headings.isEmpty() || under.isEmpty()) {
      return headings.isEmpty() ? under : headings;
    }
    var all = new ArrayList<>(headings);
    all.addAll(under);
    return all;
  }

  private Locator locator(long begin, long after, int first, int last) {
    return switch (start.locator()) {
      case Locator.Lines lines ->
          begin < 0 ? lines : new Locator.Lines(lines.first() + first, lines.first() + last);
      case Locator.Pages whole -> begin < 0 ? whole : pages(begin, after);
      case Locator.Rows rows -> rows;
      case Locator.Messages messages -> messages;
      case Locator.Part part -> part;
      case Locator.Whole whole -> whole;
    };
  }

  /** The pages from the chunk's first character to its last; earlier ones are not needed again. */
  private Locator.Pages pages(long begin, long after) {
    while (pages.size() > 1 && pages.element().end() <= begin) {
      pages.remove();
    }
    Locator.Pages first = (Locator.Pages) pages.element().locator();
    int last = first.last();
    for (Place page : pages) {
      if (page.begin() < after) {
        last = Math.max(last, ((Locator.Pages) page.locator()).last());
      }
    }
    return new Locator.Pages(first.first(), last);
  }
}
