package io.kass.ports.document;

import java.util.List;

/**
 * Where a text stands in its document.
 *
 * @param locator where a person looks for it
 * @param headings the titles above it, outermost first
 * @param begin offset of its first UTF-16 code unit in the text that was read from the document, or
 *     -1 where the text was composed and has no offsets
 * @param end offset after its last code unit, or -1
 */
public record Place(Locator locator, List<String> headings, long begin, long end) {
  /** The document as a whole, without offsets. */
  public static final Place WHOLE = new Place(new Locator.Whole(), List.of(), -1, -1);

  public Place {
    headings = List.copyOf(headings);
    if (begin < -1 || end < begin || (begin == -1) != (end == -1)) {
      throw new IllegalArgumentException("not a span: " + begin + ".." + end);
    }
  }

  /** The same place under other headings. */
  public Place under(List<String> titles) {
    return new Place(locator, titles, begin, end);
  }
}
