package io.kass.ports.team;

import io.kass.ports.CallScope;
import io.kass.ports.Cursor;
import io.kass.ports.Page;
import io.kass.ports.TestPages;
import io.kass.ports.error.KassException.NotFound;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A host of code that forgets when the process ends. */
public final class InMemoryCodeHost implements CodeHost {
  private static final int PAGE = 10;

  private final String name;
  private final Map<ChangeRequest, List<FileChange>> open = new LinkedHashMap<>();

  public InMemoryCodeHost(String name) {
    this.name = name;
  }

  /** Opens a change, for tests. */
  public synchronized void open(ChangeRequest change, List<FileChange> files) {
    open.put(change, List.copyOf(files));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public synchronized Page<ChangeRequest> openChanges(
      CallScope scope, String project, Cursor cursor) {
    scope.cancellation().throwIfCancelled();
    List<ChangeRequest> found =
        open.keySet().stream()
            .filter(change -> change.project().equals(project))
            .sorted(Comparator.comparing(ChangeRequest::updated).reversed())
            .toList();
    return TestPages.cut(found, cursor, PAGE);
  }

  @Override
  public synchronized ChangeRequest change(CallScope scope, String project, long number) {
    scope.cancellation().throwIfCancelled();
    return open.keySet().stream()
        .filter(change -> change.project().equals(project) && change.number() == number)
        .findFirst()
        .orElseThrow(() -> new NotFound("There is no change " + number + " in " + project + "."));
  }

  @Override
  public synchronized Page<FileChange> files(
      CallScope scope, String project, long number, Cursor cursor) {
    List<FileChange> files = open.getOrDefault(change(scope, project, number), List.of());
    return TestPages.cut(files, cursor, PAGE);
  }
}
