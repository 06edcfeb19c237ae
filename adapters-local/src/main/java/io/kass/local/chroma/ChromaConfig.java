package io.kass.local.chroma;

import io.kass.ports.error.KassException.Misconfigured;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Which collection of which Chroma server.
 *
 * @param host the server's name or address
 * @param port where it listens
 * @param tls whether it is reached over HTTPS
 * @param tenant the tenant that the database belongs to
 * @param database the database that the collection is in
 * @param collection the collection's name
 * @param create whether the first write makes the collection when there is none
 * @param space how the collection compares vectors: {@code l2} (squared), {@code cosine} or {@code
 *     ip} (inner product); another is refused. Empty takes the collection as it is; one that is
 *     made is {@code cosine} then
 * @param connectTimeout how long connecting may take
 * @param timeout how long the server may take for one answer
 */
public record ChromaConfig(
    String host,
    int port,
    boolean tls,
    String tenant,
    String database,
    String collection,
    boolean create,
    String space,
    Duration connectTimeout,
    Duration timeout) {
  /** The collection of the legacy deployment, on this machine. */
  public static final ChromaConfig DEFAULTS =
      new ChromaConfig(
          "localhost",
          8000,
          false,
          "default_tenant",
          "default_database",
          "chatbot_knowledge",
          false,
          "",
          Duration.ofSeconds(5),
          Duration.ofSeconds(30));

  public ChromaConfig {
    if (host.isBlank() || !host.matches("[\\p{L}\\p{N}._:%\\[\\]-]+")) {
      throw new Misconfigured(
          "The Chroma host is a name or an address without scheme, port and path, not '%s'. It is set by CHROMADB_HOST."
              .formatted(host));
    }
    if (port < 1 || port > 65_535) {
      throw new Misconfigured(
          "The Chroma port is 1 to 65535, not %d. It is set by CHROMADB_PORT.".formatted(port));
    }
    if (collection.isBlank()) {
      throw new Misconfigured(
          "The Chroma collection has no name. It is set by CHROMADB_COLLECTION.");
    }
    if (tenant.isBlank() || database.isBlank()) {
      throw new Misconfigured("The Chroma settings 'tenant' and 'database' must not be empty.");
    }
    if (!space.isEmpty()) {
      Space.of(space);
    }
    requirePositive("connect-timeout", connectTimeout);
    requirePositive("timeout", timeout);
  }

  /** Where the server is, without a slash at the end. */
  String address() {
    String name = host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
    return (tls ? "https://" : "http://") + name + ":" + port;
  }

  /** A part of a path or of a query, so that it is one part whatever it holds. */
  static String encoded(String part) {
    return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static void requirePositive(String setting, Duration value) {
    if (!value.isPositive()) {
      throw new Misconfigured("The Chroma setting '" + setting + "' must be longer than zero.");
    }
  }
}
