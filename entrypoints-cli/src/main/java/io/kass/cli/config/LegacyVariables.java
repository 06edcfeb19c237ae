package io.kass.cli.config;

import io.kass.ports.error.KassException.Misconfigured;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The environment of the legacy deployment, as settings of ours. What is set in our own way
 * overrules it, and where that names a server of a model, keys that were meant for another one are
 * left alone. Variables that are set to nothing, as Compose does, count as not set.
 */
final class LegacyVariables {
  private static final String BACKEND = "legacy";
  private static final String CHAT = "chat";
  private static final String ANSWERS = "answers";

  private static final Set<String> CHAT_PROVIDERS = Set.of("gemini", "groq");

  private final Map<String, String> environment;
  private final Predicate<String> isOurs;
  private final Layers layers = new Layers();

  /**
   * @param isOurs whether a setting, {@code section.key}, is set in our own way
   */
  private LegacyVariables(Map<String, String> environment, Predicate<String> isOurs) {
    this.environment = environment;
    this.isOurs = isOurs;
  }

  /** The settings that they stand for. */
  static Layers read(Map<String, String> environment, Predicate<String> isOurs) {
    var variables = new LegacyVariables(environment, isOurs);
    variables.databaseUrl();
    variables.servers();
    if (!isOurs.test("legacy.embedding-provider") && !isOurs.test("legacy.embedding-url")) {
      variables.embeddings();
    }
    if (!isOurs.test("chat.url") && !isOurs.test("chat.provider")) {
      variables.chat();
    }
    return variables.layers;
  }

  private void servers() {
    set("CHROMADB_HOST", BACKEND, "chroma-host");
    set("CHROMADB_PORT", BACKEND, "chroma-port");
    set("CHROMADB_COLLECTION", BACKEND, "chroma-collection");
    set("POSTGRES_HOST", BACKEND, "postgres-host");
    set("POSTGRES_PORT", BACKEND, "postgres-port");
    set("POSTGRES_DB", BACKEND, "postgres-database");
    set("POSTGRES_USER", BACKEND, "postgres-user");
    set("POSTGRES_PASSWORD", BACKEND, "postgres-password");
  }

  /** {@code postgresql://user:password@host:port/database}, also with a driver's name. */
  private void databaseUrl() {
    String name = "DATABASE_URL";
    String text = value(name);
    if (!text.matches("(?i)postgres(ql)?(\\+\\w+)?://.*")) {
      return;
    }
    URI url;
    try {
      url = new URI(text.replaceFirst("^[^:]*", "postgresql"));
    } catch (URISyntaxException e) {
      // Without the text, which holds the password.
      throw new Misconfigured(
          name
              + " is not of the form postgresql://user:password@host:port/database. Write special"
              + " characters of the password as %XX.",
          e);
    }
    put(name, "postgres-host", url.getHost());
    put(name, "postgres-port", url.getPort() < 0 ? null : Integer.toString(url.getPort()));
    String path = url.getPath();
    put(name, "postgres-database", path == null ? null : path.replaceFirst("^/", ""));
    if (url.getRawUserInfo() != null) {
      String[] user = url.getRawUserInfo().split(":", 2);
      put(name, "postgres-user", decoded(user[0]));
      put(name, "postgres-password", user.length < 2 ? null : decoded(user[1]));
    }
  }

  private static String decoded(String part) {
    return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private void embeddings() {
    String provider =
        chosen("EMBEDDING_PROVIDER", "gemini", "GEMINI_EMBED_API_KEY", "voyage", "EMBED_API_KEY");
    String prefix = provider.equals("gemini") ? "GEMINI_EMBED" : "EMBED";
    if (provider.isEmpty()) {
      return;
    }
    String origin = origin("EMBEDDING_PROVIDER", prefix + "_API_KEY");
    layers.with(BACKEND, "embedding-provider", provider, origin);
    set(prefix + "_API_KEY", BACKEND, "embedding-key");
    set(prefix + "_MODEL", BACKEND, "embedding-model");
  }

  private void chat() {
    String provider = chosen("LLM_PROVIDER", "gemini", "GEMINI_API_KEY", "groq", "GROQ_API_KEY");
    if (provider.isEmpty()) {
      return;
    }
    if (!CHAT_PROVIDERS.contains(provider)) {
      throw new Misconfigured(
          "LLM_PROVIDER is gemini or groq, not '%s'. For any other server set KASS_CHAT_URL and KASS_CHAT_MODEL."
              .formatted(provider));
    }
    String prefix = provider.toUpperCase(Locale.ROOT);
    if (value(prefix + "_MODEL").isEmpty() && !isOurs.test("chat.model")) {
      throw new Misconfigured(
          "%s says that %s answers, but not with which model: set %s_MODEL."
              .formatted(origin("LLM_PROVIDER", prefix + "_API_KEY"), provider, prefix));
    }
    layers.with(CHAT, "provider", provider, origin("LLM_PROVIDER", prefix + "_API_KEY"));
    set(prefix + "_API_KEY", CHAT, "key");
    set(prefix + "_MODEL", CHAT, "model");
    set(prefix + "_MAX_TOKENS", ANSWERS, "output-tokens");
    set(prefix + "_TEMPERATURE", ANSWERS, "temperature");
  }

  /** What a variable chooses; where it is not set, what one of two keys is for. */
  private String chosen(String variable, String one, String oneKey, String other, String otherKey) {
    String chosen = value(variable).toLowerCase(Locale.ROOT);
    if (!chosen.isEmpty()) {
      return chosen;
    }
    return !value(oneKey).isEmpty() ? one : !value(otherKey).isEmpty() ? other : "";
  }

  /** The first of two variables that is set. */
  private String origin(String variable, String otherwise) {
    return value(variable).isEmpty() ? otherwise : variable;
  }

  private void put(String variable, String key, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      layers.with(BACKEND, key, value, variable);
    }
  }

  private void set(String variable, String section, String key) {
    String value = value(variable);
    if (!value.isEmpty()) {
      layers.with(section, key, value, variable);
    }
  }

  private String value(String variable) {
    return environment.getOrDefault(variable, "");
  }
}
