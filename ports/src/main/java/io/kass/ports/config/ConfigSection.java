package io.kass.ports.config;

import io.kass.ports.error.KassException.Misconfigured;
import io.kass.ports.secret.Secret;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One section of the configuration: texts by key, already merged from defaults, file, environment
 * and flags. A part of KASS reads it into a record of its own with {@link #over}; keys are the
 * record's component names in kebab case ({@code maxTokens} → {@code max-tokens}).
 *
 * @param name the section's name, for messages
 * @param values texts by key
 */
public record ConfigSection(String name, Map<String, String> values) {
  public ConfigSection {
    values = Map.copyOf(values);
  }

  /** A section in which nothing is set. */
  public static ConfigSection empty(String name) {
    return new ConfigSection(name, Map.of());
  }

  /**
   * The section that reads as this record: every key, its value written as {@link #over}
   * understands it. A secret is written as stars, and an address without the name, password and
   * query that it may hold.
   */
  public static ConfigSection of(String name, Record record) {
    var values = new TreeMap<String, String>();
    write(record, "", values);
    return new ConfigSection(name, values);
  }

  private static void write(Record record, String prefix, Map<String, String> values) {
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      String key = prefix + key(component);
      Object value = read(component, record);
      if (isPart(component) && value instanceof Record part) {
        write(part, key + "-", values);
      } else {
        values.put(key, written(value));
      }
    }
  }

  private static String written(Object value) {
    return switch (value) {
      case Duration time when time.toMillis() % 1000 == 0 -> time.toSeconds() + "s";
      case Duration time -> time.toMillis() + "ms";
      case URI address ->
          address.toString().replaceAll("//[^/@]*@", "//").replaceAll("[?#].*$", "");
      case Enum<?> constant -> constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
      case List<?> list -> list.stream().map(Object::toString).collect(Collectors.joining(","));
      default -> value.toString();
    };
  }

  /**
   * Reads this section over a record of defaults. Components may be {@code String}, {@code int},
   * {@code long}, {@code double}, {@code boolean}, {@link Duration} ({@code 30s}, {@code 5m},
   * {@code 250ms} or ISO-8601), {@link Path}, {@link URI}, {@link ZoneId}, {@link Secret}, an enum,
   * or a {@code List<String>} (separated by commas). A component that is itself a record of these
   * is read from the keys that begin with its own: {@code chroma-host} is {@code host} of {@code
   * chroma}.
   *
   * @throws Misconfigured when a key is not known (the message names the nearest one), or a value
   *     does not fit; the message never shows a secret
   */
  public <R extends Record> R over(R defaults) {
    var known = new TreeSet<String>();
    addKeys(defaults.getClass(), "", known);
    for (String key : values.keySet()) {
      if (!known.contains(key)) {
        throw new Misconfigured(unknown(key, List.copyOf(known)));
      }
    }
    return over(defaults, "");
  }

  private static void addKeys(Class<?> type, String prefix, Set<String> keys) {
    for (RecordComponent component : type.getRecordComponents()) {
      String key = prefix + key(component);
      if (isPart(component)) {
        addKeys(component.getType(), key + "-", keys);
      } else {
        keys.add(key);
      }
    }
  }

  private <R extends Record> R over(R defaults, String prefix) {
    RecordComponent[] components = defaults.getClass().getRecordComponents();
    Object[] arguments = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      String key = prefix + key(components[i]);
      Object otherwise = read(components[i], defaults);
      String text = values.get(key);
      arguments[i] =
          isPart(components[i])
              ? over((Record) otherwise, key + "-")
              : text == null ? otherwise : parse(components[i].getType(), key, text);
    }
    return construct(defaults, components, arguments);
  }

  /** Whether it has settings of its own. */
  private static boolean isPart(RecordComponent component) {
    return component.getType().isRecord();
  }

  private String unknown(String key, List<String> known) {
    String nearest = known.isEmpty() ? "" : " Did you mean '" + Nearest.of(key, known) + "'?";
    return "Unknown setting '" + key + "' in section '" + name + "'." + nearest;
  }

  /** A component's key in configuration. */
  static String key(RecordComponent component) {
    return component.getName().replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
  }

  private static Object read(RecordComponent component, Record defaults) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(defaults);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("a configuration record must be readable", e);
    }
  }

  @SuppressWarnings("unchecked") // the constructor belongs to the class of the defaults
  private <R extends Record> R construct(
      R defaults, RecordComponent[] components, Object[] arguments) {
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      var constructor = defaults.getClass().getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return (R) constructor.newInstance(arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Misconfigured misconfigured) {
        throw misconfigured;
      }
      String reason = e.getCause() == null ? "" : " " + e.getCause().getMessage();
      throw new Misconfigured("The settings of section '" + name + "' do not fit." + reason, e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a configuration record must be constructible", e);
    }
  }

  private Object parse(Class<?> type, String key, String given) {
    // A password may begin or end with a space.
    String text = type == Secret.class ? given : given.strip();
    try {
      if (type == String.class) {
        return text;
      } else if (type == int.class) {
        return Integer.parseInt(text);
      } else if (type == long.class) {
        return Long.parseLong(text);
      } else if (type == double.class) {
        return Double.parseDouble(text);
      } else if (type == boolean.class) {
        return truth(text);
      } else if (type == Duration.class) {
        return duration(text);
      } else if (type == Path.class) {
        return Path.of(text);
      } else if (type == URI.class) {
        return URI.create(text);
      } else if (type == ZoneId.class) {
        return ZoneId.of(text);
      } else if (type == Secret.class) {
        return new Secret(text);
      } else if (type == List.class) {
        return text.isEmpty() ? List.of() : List.of(text.split("\\s*,\\s*"));
      } else if (type.isEnum()) {
        return constant(type, text);
      }
    } catch (RuntimeException e) {
      throw new Misconfigured(
          "Setting '%s' in section '%s' does not fit: '%s' is not %s."
              .formatted(key, name, text, wanted(type)),
          e);
    }
    throw new IllegalStateException("no configuration can be read into " + type);
  }

  private static Object constant(Class<?> type, String text) {
    String wanted = text.replace('-', '_');
    return Arrays.stream(type.getEnumConstants())
        .filter(c -> c instanceof Enum<?> e && e.name().equalsIgnoreCase(wanted))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(text));
  }

  private static boolean truth(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "yes", "on", "1" -> true;
      case "false", "no", "off", "0" -> false;
      default -> throw new IllegalArgumentException(text);
    };
  }

  private static Duration duration(String text) {
    if (text.startsWith("P")) {
      return Duration.parse(text);
    }
    String number = text.replaceAll("[^0-9].*$", "");
    long amount = Long.parseLong(number);
    return switch (text.substring(number.length()).strip()) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      case "d" -> Duration.ofDays(amount);
      default -> throw new IllegalArgumentException(text);
    };
  }

  private static String wanted(Class<?> type) {
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .map(c -> ((Enum<?>) c).name().toLowerCase(Locale.ROOT).replace('_', '-'))
          .collect(Collectors.joining(", ", "one of ", ""));
    }
    if (type == int.class || type == long.class) {
      return "a whole number";
    } else if (type == double.class) {
      return "a number";
    } else if (type == boolean.class) {
      return "true or false";
    } else if (type == Duration.class) {
      return "a duration such as 30s, 5m or 250ms";
    } else if (type == URI.class) {
      return "an address";
    } else if (type == ZoneId.class) {
      return "a time zone such as UTC or Asia/Tokyo";
    }
    return "a " + type.getSimpleName().toLowerCase(Locale.ROOT);
  }

  /** The text of a key, or null when it is not set. */
  public @Nullable String get(String key) {
    return values.get(key);
  }
}
