package io.kass.ports.team;

import java.util.List;

class InMemoryIssueTrackerTest extends IssueTrackerContract {
  private final InMemoryIssueTracker tracker =
      new InMemoryIssueTracker(
          "memory",
          "PROJ",
          new InMemoryIssueTracker.Names(
              List.of("Bug", "Task"),
              List.of("High", "Normal"),
              List.of("Ann"),
              List.of("Open", "Closed")));

  @Override
  protected IssueTracker tracker() {
    return tracker;
  }

  @Override
  protected int comments(String key) {
    return tracker.comments().size();
  }
}
