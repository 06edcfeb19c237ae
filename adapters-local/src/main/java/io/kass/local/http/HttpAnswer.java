package io.kass.local.http;

import io.kass.ports.Json;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A whole answer of a server. Immutable, as long as nobody writes to its bytes. */
public final class HttpAnswer {
  private final int status;
  private final HttpHeaders headers;
  private final byte[] bytes;

  HttpAnswer(int status, HttpHeaders headers, byte[] bytes) {
    this.status = status;
    this.headers = headers;
    this.bytes = bytes;
  }

  public int status() {
    return status;
  }

  public HttpHeaders headers() {
    return headers;
  }

  /** The body; not a copy. */
  public byte[] bytes() {
    return bytes;
  }

  /** The body as UTF-8, whatever the server calls it. */
  public String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Whether the server did what it was asked. */
  public boolean isFine() {
    return status >= 200 && status < 300;
  }

  /** Whether the server calls it JSON. */
  public boolean isJson() {
    return type().startsWith("application/json");
  }

  /** Whether it is a page, as proxies send them. */
  public boolean isHtml() {
    return type().startsWith("text/html") || text().stripLeading().startsWith("<");
  }

  private String type() {
    return headers.firstValue("content-type").orElse("").toLowerCase(Locale.ROOT);
  }

  /** The body as a value, for small ones; null when it is not JSON. */
  public @Nullable Json json() {
    try {
      return Json.parse(text());
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
