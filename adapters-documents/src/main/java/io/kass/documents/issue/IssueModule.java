package io.kass.documents.issue;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.ProvidesIntoSet;
import io.kass.documents.format.FormatReader;
import java.time.InstantSource;

/** Binds Backlog's issues and Jira's. Asks for an {@link InstantSource}. */
public final class IssueModule extends AbstractModule {
  @ProvidesIntoSet
  FormatReader backlog(InstantSource clock) {
    return new BacklogFormat(clock);
  }

  @ProvidesIntoSet
  FormatReader jira(InstantSource clock) {
    return new JiraFormat(clock);
  }
}
