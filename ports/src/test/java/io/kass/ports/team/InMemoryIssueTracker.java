package io.kass.ports.team;

import io.kass.ports.CallScope;
import io.kass.ports.Cursor;
import io.kass.ports.Page;
import io.kass.ports.TestPages;
import io.kass.ports.error.KassException.InvalidRequest;
import io.kass.ports.error.KassException.NotFound;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An issue tracker that forgets when the process ends. */
public final class InMemoryIssueTracker implements IssueTracker {
  private static final int PAGE = 10;

  private final String name;
  private final String project;
  private final Names names;
  private final Map<String, Changed> issues = new LinkedHashMap<>();
  private final Map<String, String> keysByIdempotencyKey = new HashMap<>();
  private final List<String> comments = new ArrayList<>();
  private long changes;

  /** The names that a project knows; the first status is that of a new issue. */
  public record Names(
      List<String> types, List<String> priorities, List<String> people, List<String> statuses) {
    public Names {
      types = List.copyOf(types);
      priorities = List.copyOf(priorities);
      people = List.copyOf(people);
      statuses = List.copyOf(statuses);
    }
  }

  public InMemoryIssueTracker(String name, String project, Names names) {
    this.name = name;
    this.project = project;
    this.names = names;
  }

  /** All comments, in order, for tests. */
  public synchronized List<String> comments() {
    return List.copyOf(comments);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public synchronized Issue get(CallScope scope, String key) {
    scope.cancellation().throwIfCancelled();
    Changed changed = issues.get(key);
    if (changed == null) {
      throw new NotFound("There is no issue '" + key + "'.");
    }
    return changed.issue;
  }

  @Override
  public synchronized Page<Issue> search(
      CallScope scope, String projectKey, String words, Cursor cursor) {
    scope.cancellation().throwIfCancelled();
    requireProject(projectKey);
    List<Issue> found =
        issues.values().stream()
            .filter(changed ->
                Words.allIn(words, changed.issue.title() + " " + changed.issue.description()))
            .sorted(Comparator.comparingLong(Changed::order).reversed())
            .map(Changed::issue)
            .toList();
    return TestPages.cut(found, cursor, PAGE);
  }

  @Override
  public synchronized Issue create(
      CallScope scope, String projectKey, IssueDraft draft, String idempotencyKey) {
    scope.cancellation().throwIfCancelled();
    requireProject(projectKey);
    requireNames(draft);
    String key =
        keysByIdempotencyKey.computeIfAbsent(
            idempotencyKey, ignored -> project + "-" + (issues.size() + 1));
    if (!issues.containsKey(key)) {
      var blank =
          new Issue(key, project, "", "", names.statuses().getFirst(), null, null, "memory:" + key);
      keep(changed(blank, draft));
    }
    return get(scope, key);
  }

  @Override
  public synchronized Issue update(
      CallScope scope,
      String key,
      IssueDraft draft,
      @Nullable String comment,
      String idempotencyKey) {
    Issue issue = get(scope, key);
    requireNames(draft);
    if (keysByIdempotencyKey.putIfAbsent(idempotencyKey, key) == null) {
      keep(changed(issue, draft));
      if (comment != null) {
        comments.add(comment);
      }
    }
    return get(scope, key);
  }

  private void keep(Issue issue) {
    issues.put(issue.key(), new Changed(issue, ++changes));
  }

  private static Issue changed(Issue issue, IssueDraft draft) {
    return new Issue(
        issue.key(),
        issue.project(),
        draft.title() == null ? issue.title() : draft.title(),
        draft.description() == null ? issue.description() : draft.description(),
        draft.status() == null ? issue.status() : draft.status(),
        draft.assignee() == null ? issue.assignee() : draft.assignee(),
        draft.due() == null ? issue.due() : draft.due(),
        issue.url());
  }

  private void requireProject(String key) {
    if (!key.equals(project)) {
      throw new NotFound("There is no project '" + key + "'.");
    }
  }

  private void requireNames(IssueDraft draft) {
    requireName("type", draft.type(), names.types());
    requireName("priority", draft.priority(), names.priorities());
    requireName("person", draft.assignee(), names.people());
    requireName("status", draft.status(), names.statuses());
  }

  private static void requireName(String what, @Nullable String wanted, List<String> known) {
    if (wanted != null && !known.contains(wanted)) {
      throw new InvalidRequest(
          "There is no " + what + " '" + wanted + "'; there are: " + String.join(", ", known));
    }
  }

  private record Changed(Issue issue, long order) {}
}
