package io.kass.ports.team;

import io.kass.ports.CallScope;
import io.kass.ports.Cursor;
import io.kass.ports.Page;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * An issue tracker, such as Backlog. Thread-safe. Names are resolved by the adapter. A project or
 * an issue that is not there is {@link io.kass.ports.error.KassException.NotFound}.
 */
public interface IssueTracker {
  /** Its name in configuration and tools, such as {@code backlog}. */
  String name();

  /**
   * The issue of this key, such as {@code PROJ-12}.
   *
   * @throws io.kass.ports.error.KassException.NotFound when there is none
   */
  Issue get(CallScope scope, String key);

  /** Issues of a project that contain these words, last changed first. */
  Page<Issue> search(CallScope scope, String project, String words, Cursor cursor);

  /**
   * Creates an issue.
   *
   * @param idempotencyKey the same for every try, so that it is created once
   * @throws io.kass.ports.error.KassException.InvalidRequest when a name is not known; the message
   *     lists those that are
   */
  Issue create(CallScope scope, String project, IssueDraft draft, String idempotencyKey);

  /** Changes what the draft names (what is null stays) and adds a comment when there is one. */
  Issue update(
      CallScope scope,
      String key,
      IssueDraft changes,
      @Nullable String comment,
      String idempotencyKey);

  /**
   * What an issue is to be; null leaves the tracker's default, or what is there.
   *
   * @param type name of the issue type
   * @param priority name of the priority
   * @param assignee name of the person
   * @param status name of the status
   */
  record IssueDraft(
      @Nullable String title,
      @Nullable String description,
      @Nullable String type,
      @Nullable String priority,
      @Nullable String assignee,
      @Nullable String status,
      @Nullable LocalDate due) {}

  /** An issue as the tracker holds it. */
  record Issue(
      String key,
      String project,
      String title,
      String description,
      String status,
      @Nullable String assignee,
      @Nullable LocalDate due,
      String url) {}
}
