package io.kass.documents.format;

import com.fasterxml.jackson.core.JsonToken;
import io.kass.ports.Json;
import io.kass.ports.document.Reading.Cause;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The objects that an export consists of: the elements of the array that it is, those of a member
 * of the object that it is, or that object itself. Holds one at a time.
 */
public final class JsonRecords {
  /** Takes the records. */
  public interface Taker {
    /**
     * Takes a record.
     *
     * @param around the members of the surrounding object that came before; empty in an array
     */
    void take(Json.Obj entry, Map<String, Json> around) throws IOException;
  }

  private JsonRecords() {}

  /**
   * Hands over all records.
   *
   * @param lists names of members that hold records
   * @param without names of members to leave out, at any depth
   */
  public static void read(JsonText json, Set<String> lists, Set<String> without, Taker taker)
      throws IOException {
    // One text as a rule; several objects, a line each, where somebody joined them.
    for (JsonToken token = json.next(); token != null; token = json.next()) {
      if (token == JsonToken.START_ARRAY) {
        elements(json, without, Map.of(), taker);
      } else if (token == JsonToken.START_OBJECT) {
        object(json, lists, without, taker);
      } else {
        throw new DocumentFault(
            Cause.DAMAGED,
            "Something follows after the end of its JSON, in line %d. Repair it."
                .formatted(json.line()));
      }
    }
  }

  private static void object(JsonText json, Set<String> lists, Set<String> without, Taker taker)
      throws IOException {
    var around = new LinkedHashMap<String, Json>();
    boolean listed = false;
    while (json.next() != JsonToken.END_OBJECT) {
      String name = json.text();
      JsonToken value = json.next();
      if (without.contains(name)) {
        json.skip();
      } else if (value == JsonToken.START_ARRAY && lists.contains(name)) {
        listed = true;
        elements(json, without, around, taker);
      } else {
        around.put(name, json.value(without));
      }
    }
    if (!listed) {
      taker.take(new Json.Obj(around), Map.of());
    }
  }

  private static void elements(
      JsonText json, Set<String> without, Map<String, Json> around, Taker taker)
      throws IOException {
    while (json.next() != JsonToken.END_ARRAY) {
      if (json.value(without) instanceof Json.Obj entry) {
        taker.take(entry, around);
      }
    }
  }

  /** The string at a path of members, or an empty one. */
  public static String text(@Nullable Json value, String... path) {
    return at(value, path) instanceof Json.Text(String text) ? text : "";
  }

  /** The objects in the array at a path of members. */
  public static List<Json.Obj> objects(@Nullable Json value, String... path) {
    var objects = new ArrayList<Json.Obj>();
    if (at(value, path) instanceof Json.Array(List<Json> items)) {
      for (Json item : items) {
        if (item instanceof Json.Obj object) {
          objects.add(object);
        }
      }
    }
    return objects;
  }

  /** What stands at a path of members, or null. */
  public static @Nullable Json at(@Nullable Json value, String... path) {
    Json here = value;
    for (String name : path) {
      here = here instanceof Json.Obj object ? object.get(name) : null;
    }
    return here;
  }

  /** The first of these that is not blank, or an empty string. */
  public static String first(String... texts) {
    for (String text : texts) {
      if (!text.isBlank()) {
        return text;
      }
    }
    return "";
  }
}
