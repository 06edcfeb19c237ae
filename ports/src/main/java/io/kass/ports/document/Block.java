package io.kass.ports.document;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a document as its reader sees it, in document order.
 *
 * <p>Text formats (plain text, Markdown, code) come as {@link Prose} or {@link Code} windows of the
 * decoded text itself: contiguous, so that offset {@code end} of one is {@code begin} of the next,
 * nothing left out, cut on a line boundary wherever a line fits into a window. What the text means
 * (headings, fences) is then the chunker's to see. Other formats name their structure by block.
 */
public sealed interface Block {
  /** The block's own text. */
  String text();

  /** Where it stands. */
  Place place();

  /** Running text. */
  record Prose(String text, Place place) implements Block {}

  /** A title; {@code level} 1 is the outermost. */
  record Heading(int level, String text, Place place) implements Block {}

  /**
   * A row of a table, with the names of its columns.
   *
   * @param cells in column order, empty cells left out
   */
  record TableRow(List<Cell> cells, Place place) implements Block {
    public TableRow {
      cells = List.copyOf(cells);
    }

    /** The non-empty values joined by {@code " | "}. */
    @Override
    public String text() {
      return String.join(" | ", cells.stream().map(Cell::value).toList());
    }

    /** A cell: its column's name (empty where the table has no header) and its value as shown. */
    public record Cell(String column, String value) {}
  }

  /** Source code; {@code language} in lowercase, such as {@code java}. */
  record Code(String language, String text, Place place) implements Block {}

  /** A message of a conversation. */
  record ChatMessage(String author, @Nullable Instant at, String text, Place place)
      implements Block {}

  /** A part of a change to one file. */
  record Hunk(String file, String text, Place place) implements Block {}

  /**
   * A named value, such as the title of a ticket.
   *
   * @param name as it is shown; or, for a fact about what follows rather than a text to be read,
   *     one of {@link #FACTS}
   */
  record Field(String name, String text, Place place) implements Block {
    /** What facts are called, as the metadata of chunks calls them. */
    public static final Set<String> FACTS =
        Set.of("author", "commit", "created_at", "issue_id", "project", "repo", "type");

    /** Whether it is a fact about the fields and parts that follow, up to the next facts. */
    public boolean isFact() {
      return FACTS.contains(name);
    }
  }
}
