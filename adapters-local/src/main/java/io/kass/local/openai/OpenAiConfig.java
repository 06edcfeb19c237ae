package io.kass.local.openai;

import io.kass.ports.error.KassException.Misconfigured;
import io.kass.ports.secret.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;

/**
 * Where a language model is and how it is reached. How long a reply may be, and its temperature,
 * come with each request.
 *
 * @param url the server's base address, such as {@code http://localhost:11434/v1}; a bare host gets
 *     {@code /v1}; {@code /chat/completions} is added unless it is there; empty for no model
 * @param model the model's name, as the server knows it
 * @param key the secret that the server asks for; may be empty
 * @param connectTimeout how long connecting may take
 * @param idleTimeout how long the server may send nothing: it has to read the question, or even to
 *     load the model, before the first word
 */
public record OpenAiConfig(
    URI url, String model, Secret key, Duration connectTimeout, Duration idleTimeout) {
  /** No model. */
  public static final OpenAiConfig DEFAULTS =
      new OpenAiConfig(
          URI.create(""), "", Secret.NONE, Duration.ofSeconds(5), Duration.ofMinutes(2));

  private static final String ENDPOINT = "/chat/completions";

  public OpenAiConfig {
    if (!url.toString().isEmpty()) {
      checkUrl(url);
      if (model.isBlank()) {
        throw new Misconfigured(
            "The chat server at " + url.getHost() + " needs the name of a model.");
      }
    }
    if (!key.reveal().chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new Misconfigured(
          "The chat key holds characters that cannot be sent (a space, a line break, an accent?).");
    }
    checkPositive("connect-timeout", connectTimeout);
    checkPositive("idle-timeout", idleTimeout);
  }

  /** Whether there is a model. */
  boolean present() {
    return !url.toString().isEmpty();
  }

  /** Where requests go. */
  URI endpoint() {
    String path = url.getRawPath() == null ? "" : url.getRawPath().replaceAll("/+$", "");
    String full = path.endsWith(ENDPOINT) ? path : (path.isEmpty() ? "/v1" : path) + ENDPOINT;
    String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
    return URI.create(url.getScheme() + "://" + url.getRawAuthority() + full + query);
  }

  /** The same for messages: without a query, which may hold a secret. */
  String shownEndpoint() {
    String endpoint = endpoint().toString();
    int query = endpoint.indexOf('?');
    return query < 0 ? endpoint : endpoint.substring(0, query);
  }

  private static void checkUrl(URI url) {
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    if (url.getRawUserInfo() != null) {
      throw new Misconfigured(
          "The chat address must not hold a name or password; use the key setting.");
    }
    if (!(scheme.equals("http") || scheme.equals("https")) || url.getHost() == null) {
      throw new Misconfigured(
          "The chat address must look like http://localhost:11434/v1, not '" + url + "'.");
    }
  }

  private static void checkPositive(String setting, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new Misconfigured("The setting '" + setting + "' must be longer than zero.");
    }
  }
}
