package io.kass.local.http;

import io.kass.ports.error.KassException.Misconfigured;
import io.kass.ports.secret.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;

/**
 * Where a server takes requests of one kind, and what an address, a key and a time must be like.
 *
 * @param uri the whole address; its query may hold a secret
 */
public record Endpoint(URI uri) {
  /**
   * The endpoint of this path under a base address, unless the address ends with it already. The
   * address's query is kept.
   *
   * @param base where the server is
   * @param root the path that is meant where the base has none, such as {@code /v1}; may be empty
   * @param path the endpoint's own path
   */
  public static Endpoint of(URI base, String root, String path) {
    String given = base.getRawPath() == null ? "" : base.getRawPath().replaceAll("/+$", "");
    String full = given.endsWith(path) ? given : (given.isEmpty() ? root : given) + path;
    String query = base.getRawQuery() == null ? "" : "?" + base.getRawQuery();
    return new Endpoint(
        URI.create(base.getScheme() + "://" + base.getRawAuthority() + full + query));
  }

  /** The same with one more parameter in its query, of characters that need no escape. */
  public Endpoint with(String name, String value) {
    String before = uri.getRawQuery() == null ? "?" : "&";
    return new Endpoint(URI.create(uri + before + name + "=" + value));
  }

  /** The same for messages: without the query. */
  public String shown() {
    return uri.toString().replaceAll("[?#].*$", "");
  }

  /**
   * Refuses an address that cannot be one of HTTP.
   *
   * @param what whose it is, for the middle of a sentence
   * @throws Misconfigured when it is none; the message shows no password and no query
   */
  public static void checkUrl(String what, URI url) {
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    if (url.getRawUserInfo() != null) {
      throw new Misconfigured(
          "The %s address must not hold a name or password; use the key setting.".formatted(what));
    }
    if (!(scheme.equals("http") || scheme.equals("https")) || url.getHost() == null) {
      throw new Misconfigured(
          "The %s address must look like http://localhost:11434/v1, not '%s'."
              .formatted(what, url.toString().replaceAll("[?#].*$", "")));
    }
  }

  /**
   * Refuses a key that cannot be sent in a header.
   *
   * @throws Misconfigured when it cannot; the message does not show it
   */
  public static void checkKey(String what, Secret key) {
    if (!key.reveal().chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new Misconfigured(
          "The %s key holds characters that cannot be sent (a space, a line break, an accent?)."
              .formatted(what));
    }
  }

  /**
   * A Gemini model's name as it stands in addresses: without the {@code models/} that some write.
   *
   * @throws Misconfigured when it holds what no name of a model does
   */
  public static String geminiModel(String what, String name) {
    String model = name.startsWith("models/") ? name.substring("models/".length()) : name;
    if (!model.matches("[A-Za-z0-9._-]+")) {
      throw new Misconfigured("The %s model '%s' is no name of a model.".formatted(what, name));
    }
    return model;
  }

  /**
   * Refuses a time that nobody can keep.
   *
   * @throws Misconfigured when it is not longer than zero
   */
  public static void checkTime(String what, String setting, Duration value) {
    if (!value.isPositive()) {
      throw new Misconfigured(
          "The %s setting '%s' must be longer than zero.".formatted(what, setting));
    }
  }
}
