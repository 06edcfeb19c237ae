package io.kass.documents.json;

import com.fasterxml.jackson.core.JsonToken;
import io.kass.documents.format.DocumentFault;
import io.kass.documents.format.JsonText;
import io.kass.ports.Json;
import io.kass.ports.document.Block;
import io.kass.ports.document.Block.TableRow.Cell;
import io.kass.ports.document.Locator;
import io.kass.ports.document.Place;
import io.kass.ports.document.Reading.Cause;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * JSON as rows: an element of an array is a row, with the paths of its values as columns; the
 * values of an object that is in no array are rows of their own. The path of the array or object
 * heads them. Pictures and files in strings are left out.
 */
final class JsonRows {
  /** Values of one row; what has more becomes several. */
  private static final int MAX_CELLS = 60;

  private final Consumer<Block> blocks;
  private final int lineOffset;

  /**
   * Hands rows to a consumer.
   *
   * @param lineOffset lines of the document before the text that is read
   */
  JsonRows(Consumer<Block> blocks, int lineOffset) {
    this.blocks = blocks;
    this.lineOffset = lineOffset;
  }

  /** Hands over all of a text. */
  void read(JsonText json) throws IOException {
    JsonToken first = json.next();
    if (first == JsonToken.START_OBJECT) {
      object(json, "");
    } else if (first == JsonToken.START_ARRAY) {
      array(json, "");
    } else if (first != null) {
      row(json, json.line(), "");
    }
    if (json.next() != null) {
      throw new DocumentFault(
          Cause.DAMAGED,
          "Something follows after the end of its JSON, in line %d. Repair it."
              .formatted(json.line()));
    }
  }

  /** Hands over the value at the current token as one row. */
  void row(JsonText json, int from, String path) throws IOException {
    var cells = new ArrayList<Cell>();
    flatten(json.value(Set.of()), "", cells);
    hand(cells, from, json.line(), path);
  }

  private void object(JsonText json, String path) throws IOException {
    var cells = new ArrayList<Cell>();
    int from = json.line();
    int to = from;
    while (json.next() != JsonToken.END_OBJECT) {
      String name = json.text();
      JsonToken value = json.next();
      if (value == JsonToken.START_OBJECT || value == JsonToken.START_ARRAY) {
        hand(cells, from, to, path);
        cells.clear();
        String inner = path.isEmpty() ? name : path + "." + name;
        if (value == JsonToken.START_OBJECT) {
          object(json, inner);
        } else {
          array(json, inner);
        }
        from = json.line();
        to = from;
      } else {
        if (cells.isEmpty()) {
          from = json.line();
        }
        flatten(json.value(Set.of()), name, cells);
        to = json.line();
      }
    }
    hand(cells, from, to, path);
  }

  private void array(JsonText json, String path) throws IOException {
    var scalars = new ArrayList<Cell>();
    int from = json.line();
    int to = from;
    JsonToken token = json.next();
    while (token != JsonToken.END_ARRAY) {
      if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
        row(json, json.line(), path);
      } else {
        if (scalars.isEmpty()) {
          from = json.line();
        }
        flatten(json.value(Set.of()), "", scalars);
        to = json.line();
        if (scalars.size() == MAX_CELLS) {
          hand(scalars, from, to, path);
          scalars.clear();
        }
      }
      token = json.next();
    }
    hand(scalars, from, to, path);
  }

  private void hand(List<Cell> cells, int from, int to, String path) {
    var lines = new Locator.Lines(from + lineOffset, Math.max(from, to) + lineOffset);
    var place = new Place(lines, path.isEmpty() ? List.of() : List.of(path), -1, -1);
    for (int i = 0; i < cells.size(); i += MAX_CELLS) {
      blocks.accept(
          new Block.TableRow(cells.subList(i, Math.min(cells.size(), i + MAX_CELLS)), place));
    }
  }

  private static void flatten(@Nullable Json value, String path, List<Cell> cells) {
    switch (value) {
      case Json.Obj(var members) ->
          members.forEach(
              (name, member) -> flatten(member, path.isEmpty() ? name : path + "." + name, cells));
      case Json.Array(List<Json> items) when items.stream().allMatch(JsonRows::isScalar) -> {
        String joined =
            String.join(
                ", ", items.stream().map(JsonRows::shown).filter(s -> !s.isEmpty()).toList());
        if (!joined.isBlank()) {
          cells.add(new Cell(path, joined));
        }
      }
      case Json.Array(List<Json> items) -> {
        for (int i = 0; i < items.size(); i++) {
          flatten(items.get(i), path + "[" + i + "]", cells);
        }
      }
      case null -> {}
      default -> {
        String shown = shown(value);
        if (!shown.isBlank()) {
          cells.add(new Cell(path, shown));
        }
      }
    }
  }

  private static boolean isScalar(Json value) {
    return !(value instanceof Json.Obj || value instanceof Json.Array);
  }

  private static String shown(Json value) {
    return switch (value) {
      case Json.Text(String text) -> JsonText.isBlob(text) ? "" : text.strip();
      case Json.Bool(boolean truth) -> "" + truth;
      case Json.Null() -> "";
      case Json.Int(long number) -> "" + number;
      case Json.Real(double number) -> "" + number;
      case Json.Obj object -> "";
      case Json.Array array -> "";
    };
  }
}
