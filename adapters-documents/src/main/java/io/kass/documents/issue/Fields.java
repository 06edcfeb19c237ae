package io.kass.documents.issue;

import io.kass.documents.format.Times;
import io.kass.ports.document.Block;
import io.kass.ports.document.Locator;
import io.kass.ports.document.Place;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Hands over the fields of one ticket, under its key and title. */
final class Fields {
  private static final Pattern KEY = Pattern.compile("[A-Z][A-Z0-9_]*-[0-9]+");

  private final String key;
  private final List<String> headings;
  private final Consumer<Block> blocks;

  /**
   * Begins a ticket.
   *
   * @param author who wrote it, or empty
   * @param created when, as its tracker writes it, or empty
   */
  Fields(String key, String title, String author, String created, Consumer<Block> blocks) {
    this.key = key.isBlank() ? "ticket" : key;
    this.headings = List.of((key + " " + title).strip());
    this.blocks = blocks;
    add("project", project(key));
    add("author", author);
    add("created_at", Times.instant(created));
    add("Title", (key + " " + title).strip());
  }

  /** The part of a key before its number. */
  private static String project(String key) {
    return KEY.matcher(key).matches() ? key.substring(0, key.lastIndexOf('-')) : "";
  }

  /** Hands over a field, unless it is blank. */
  void add(String name, String text) {
    if (!text.isBlank()) {
      var place = new Place(new Locator.Part(key), headings, -1, -1);
      blocks.accept(new Block.Field(name, text.strip(), place));
    }
  }

  /** Hands over a comment with who wrote it and when. */
  void comment(String author, String time, String text) {
    if (!text.isBlank()) {
      String day = time.length() >= 10 ? " (" + time.substring(0, 10) + ")" : "";
      add("Comments", (author.isBlank() ? "unknown" : author) + day + ": " + text.strip());
    }
  }

  /** Short facts in one line, such as {@code Status: Open | Assignee: Kim}. */
  void facts(List<String> facts) {
    add("Details", String.join(" | ", facts.stream().filter(fact -> !fact.isEmpty()).toList()));
  }

  static String fact(String name, String value) {
    return value.isBlank() ? "" : name + ": " + value.strip();
  }
}
