package io.kass.cli;

import io.kass.ports.Json;
import io.kass.ports.error.KassException.InvalidRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads files of one JSON object a line, in UTF-8. Empty lines do not count. */
final class JsonLines {
  private JsonLines() {}

  /**
   * One line.
   *
   * @param file the name of the file, for messages
   * @param number of the line, counted from 1
   * @param object what it says
   */
  record Line(String file, int number, Json.Obj object) {
    /** The text of a member that must be there and say something. */
    String text(String name) {
      String text = optionalText(name);
      if (text == null || text.isBlank()) {
        throw wrong("has no '" + name + "', which must be a text");
      }
      return text;
    }

    /** The text of a member, or null where there is none. */
    @Nullable String optionalText(String name) {
      Json value = object.get(name);
      if (value == null || value instanceof Json.Null) {
        return null;
      }
      if (value instanceof Json.Text text) {
        return text.value();
      }
      throw wrong("has a '" + name + "' that is no text");
    }

    /** The texts of a member that must be there and be a list. */
    List<String> texts(String name) {
      if (!(object.get(name) instanceof Json.Array array)) {
        throw wrong("has no '" + name + "', which must be a list of texts, or []");
      }
      var texts = new ArrayList<String>();
      for (Json item : array.items()) {
        if (!(item instanceof Json.Text text) || text.value().isBlank()) {
          throw wrong("has a '" + name + "' with something else than texts in it");
        }
        texts.add(text.value());
      }
      return texts;
    }

    InvalidRequest wrong(String what) {
      return new InvalidRequest("Line " + number + " of " + file + " " + what + ".");
    }
  }

  /**
   * The lines of a file.
   *
   * @throws InvalidRequest when it is not there or not of this form; the message names the line
   */
  static List<Line> read(Path file, String name) {
    var lines = new ArrayList<Line>();
    int number = 0;
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      for (String text = reader.readLine(); text != null; text = reader.readLine()) {
        number++;
        String json = number == 1 && text.startsWith("\uFEFF") ? text.substring(1) : text;
        if (!json.isBlank()) {
          lines.add(line(name, number, json));
        }
      }
    } catch (CharacterCodingException e) {
      throw new InvalidRequest(name + " is not in UTF-8 after line " + number + ".", e);
    } catch (IOException e) {
      throw new InvalidRequest(name + " cannot be read: " + e.getMessage(), e);
    }
    return lines;
  }

  private static Line line(String name, int number, String json) {
    try {
      if (Json.parse(json) instanceof Json.Obj object) {
        return new Line(name, number, object);
      }
    } catch (IllegalArgumentException e) {
      throw new InvalidRequest(
          "Line "
              + number
              + " of "
              + name
              + " is no JSON: "
              + String.valueOf(e.getMessage()).replaceFirst("^not JSON: ", "")
              + ".",
          e);
    }
    throw new InvalidRequest("Line " + number + " of " + name + " is no JSON object.");
  }
}
