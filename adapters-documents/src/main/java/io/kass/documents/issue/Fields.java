package io.kass.documents.issue;

import io.kass.ports.document.Block;
import io.kass.ports.document.Locator;
import io.kass.ports.document.Place;
import java.util.List;
import java.util.function.Consumer;

/** Hands over the fields of one ticket, under its key and title. */
final class Fields {
  private final String key;
  private final List<String> headings;
  private final Consumer<Block> blocks;

  Fields(String key, String title, Consumer<Block> blocks) {
    this.key = key.isBlank() ? "ticket" : key;
    this.headings = List.of((key + " " + title).strip());
    this.blocks = blocks;
    add("Title", (key + " " + title).strip());
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
