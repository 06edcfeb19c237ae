package io.kass.core.tool;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The words that people ask for actions with: a versioned resource beside this class. */
final class ActionWords {
  private static final Map<String, Group> GROUPS = read("action-words-1.txt");

  private ActionWords() {}

  /**
   * Words that mean the same in a request.
   *
   * @param verb whether they say what to do, else what with
   * @param optional whether a request may leave them out
   */
  record Group(boolean verb, boolean optional, Set<String> words) {}

  /** What a request for this tool holds, the verb first. */
  static List<Group> of(String tool) {
    return Arrays.stream(tool.toLowerCase(Locale.ROOT).split("[_-]+"))
        .map(word -> GROUPS.getOrDefault(word, new Group(true, false, Set.of(word))))
        .sorted((a, b) -> Boolean.compare(b.verb(), a.verb()))
        .toList();
  }

  /** Whether a word only says that something is to be done: it names no target. */
  static boolean asksOnly(String word) {
    return GROUPS.values().stream().anyMatch(group -> group.words().contains(word));
  }

  private static Map<String, Group> read(String name) {
    try (InputStream in = ActionWords.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("missing resource " + name);
      }
      var groups = new LinkedHashMap<String, Group>();
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .forEach(line -> {
            int colon = line.indexOf(':');
            List<String> head = List.of(line.substring(0, colon).split(" +"));
            groups.put(
                head.getFirst(),
                new Group(
                    head.contains("verb"),
                    head.contains("?"),
                    Set.of(line.substring(colon + 1).strip().split(" +"))));
          });
      return groups;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
