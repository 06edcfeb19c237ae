package io.kass.ports.team;

import io.kass.ports.CallScope;
import io.kass.ports.Cursor;
import io.kass.ports.Page;
import java.time.Instant;

/** A host of code and changes, such as GitLab. Thread-safe. */
public interface CodeHost {
  /** Its name in configuration and tools, such as {@code gitlab}. */
  String name();

  /** Changes of a project that await a merge, last changed first. */
  Page<ChangeRequest> openChanges(CallScope scope, String project, Cursor cursor);

  /**
   * A change of a project.
   *
   * @throws io.kass.ports.error.KassException.NotFound when there is none
   */
  ChangeRequest change(CallScope scope, String project, long number);

  /** The change's files. */
  Page<FileChange> files(CallScope scope, String project, long number, Cursor cursor);

  /** A change that awaits a merge. */
  record ChangeRequest(
      String project,
      long number,
      String title,
      String description,
      String author,
      String sourceBranch,
      String targetBranch,
      Instant updated,
      String url) {}

  /**
   * The change of one file.
   *
   * @param oldPath its path before; empty for a new file
   * @param newPath its path after; empty for a removed file
   * @param diff unified hunks; empty where the host leaves them out
   * @param truncated whether the host left out a part
   */
  record FileChange(String oldPath, String newPath, String diff, boolean truncated) {}
}
