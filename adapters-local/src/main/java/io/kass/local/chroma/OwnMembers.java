package io.kass.local.chroma;

import io.kass.ports.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads members of objects that KASS wrote itself; what is not as it was written is an {@link
 * IllegalArgumentException}.
 */
final class OwnMembers {
  private OwnMembers() {}

  /** An object that a text holds. */
  static Json.Obj parse(String text) {
    if (Json.parse(text) instanceof Json.Obj object) {
      return object;
    }
    throw wrong("the whole");
  }

  static Json.Obj object(Json.Obj object, String name) {
    if (object.get(name) instanceof Json.Obj inner) {
      return inner;
    }
    throw wrong(name);
  }

  static String text(Json.Obj object, String name) {
    if (object.get(name) instanceof Json.Text(String text)) {
      return text;
    }
    throw wrong(name);
  }

  static long whole(Json.Obj object, String name) {
    if (object.get(name) instanceof Json.Int(long number)) {
      return number;
    }
    throw wrong(name);
  }

  static List<String> texts(Json.Obj object, String name) {
    if (!(object.get(name) instanceof Json.Array(List<Json> items))) {
      throw wrong(name);
    }
    var texts = new ArrayList<String>();
    for (Json item : items) {
      if (!(item instanceof Json.Text(String text))) {
        throw wrong(name);
      }
      texts.add(text);
    }
    return texts;
  }

  private static IllegalArgumentException wrong(String name) {
    return new IllegalArgumentException("not what was written: " + name);
  }
}
