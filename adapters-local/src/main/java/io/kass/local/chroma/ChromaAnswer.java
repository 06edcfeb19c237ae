package io.kass.local.chroma;

import io.kass.ports.Json;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What the server answered. */
final class ChromaAnswer {
  private final int status;
  private final String type;
  private final String retryAfter;
  private final byte[] bytes;

  ChromaAnswer(int status, String type, String retryAfter, byte[] bytes) {
    this.status = status;
    this.type = type.toLowerCase(Locale.ROOT);
    this.retryAfter = retryAfter;
    this.bytes = bytes;
  }

  int status() {
    return status;
  }

  /** Its header of this name, or an empty text. */
  String retryAfter() {
    return retryAfter;
  }

  /** The body; not a copy. */
  byte[] bytes() {
    return bytes;
  }

  String body() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  boolean isFine() {
    return status >= 200 && status < 300;
  }

  boolean isJson() {
    return type.startsWith("application/json");
  }

  boolean isHtml() {
    return type.startsWith("text/html") || body().stripLeading().startsWith("<");
  }

  /** The body as a value; for small ones. Null when it is no JSON. */
  Json json() {
    try {
      return Json.parse(body());
    } catch (IllegalArgumentException e) {
      return new Json.Null();
    }
  }

  /**
   * What the server says of a failure: 1.x says {@code {"error": kind, "message": text}}, 0.4 also
   * {@code {"error": "ValueError('text')"}} and, for what it cannot read, {@code {"detail": …}}.
   */
  String message() {
    Json json = json();
    for (String name : new String[] {"message", "error", "detail"}) {
      String found = ChromaErrors.text(json, name);
      if (!found.isBlank()) {
        return found;
      }
    }
    return "";
  }
}
