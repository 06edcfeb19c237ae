package io.kass.ports.tool;

import io.kass.ports.CallScope;
import io.kass.ports.Cursor;
import io.kass.ports.Page;
import io.kass.ports.UserId;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A tool log that forgets when the process ends. */
public final class InMemoryToolLog implements ToolLog {
  private static final int PAGE = 20;
  private static final Comparator<ToolLogEntry> NEWEST_FIRST =
      Comparator.comparing(ToolLogEntry::at).thenComparing(ToolLogEntry::id).reversed();

  private final Map<String, ToolLogEntry> entries = new LinkedHashMap<>();

  /** All calls of all tools in the order of their appending, for tests. */
  public synchronized List<ToolLogEntry> entries() {
    return List.copyOf(entries.values());
  }

  @Override
  public synchronized void append(CallScope scope, ToolLogEntry entry) {
    scope.cancellation().throwIfCancelled();
    entries.putIfAbsent(entry.id(), entry);
  }

  @Override
  public synchronized Page<ToolLogEntry> page(CallScope scope, String tool, Cursor cursor) {
    scope.cancellation().throwIfCancelled();
    List<ToolLogEntry> rest =
        entries.values().stream()
            .filter(entry -> entry.tool().equals(tool))
            .sorted(NEWEST_FIRST)
            .filter(entry -> isAfter(entry, cursor))
            .toList();
    if (rest.size() <= PAGE) {
      return new Page<>(rest, null);
    }
    ToolLogEntry last = rest.get(PAGE - 1);
    return new Page<>(rest.subList(0, PAGE), new Cursor(position(last)));
  }

  @Override
  public synchronized long countUser(CallScope scope, UserId user) {
    scope.cancellation().throwIfCancelled();
    return entries.values().stream().filter(entry -> entry.user().equals(user)).count();
  }

  @Override
  public synchronized long deleteUser(CallScope scope, UserId user) {
    scope.cancellation().throwIfCancelled();
    long before = entries.size();
    entries.values().removeIf(entry -> entry.user().equals(user));
    return before - entries.size();
  }

  private static String position(ToolLogEntry entry) {
    return entry.at() + "/" + entry.id();
  }

  private static boolean isAfter(ToolLogEntry entry, Cursor cursor) {
    if (cursor.equals(Cursor.START)) {
      return true;
    }
    String[] position = cursor.token().split("/", 2);
    int byInstant = entry.at().compareTo(Instant.parse(position[0]));
    return byInstant < 0 || (byInstant == 0 && entry.id().compareTo(position[1]) < 0);
  }
}
