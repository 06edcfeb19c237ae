package io.kass.local.lucene;

import io.kass.local.disk.DiskErrors;
import io.kass.ports.error.KassException;
import io.kass.ports.error.KassException.Cancelled;
import io.kass.ports.error.KassException.Internal;
import io.kass.ports.error.KassException.InvalidRequest;
import io.kass.ports.error.KassException.Misconfigured;
import io.kass.ports.error.KassException.Rejected;
import io.kass.ports.error.KassException.Unavailable;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.index.IndexNotFoundException;
import org.apache.lucene.search.IndexSearcher.TooManyClauses;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.LockObtainFailedException;
import org.jspecify.annotations.Nullable;

/** What Lucene throws, in words for whoever has to act. */
final class LuceneErrors {
  private LuceneErrors() {}

  /** The failure to show for what was thrown while the index in this directory was used. */
  static KassException from(Throwable thrown, Path directory) {
    return switch (thrown) {
      case KassException own -> own;
      case LockObtainFailedException e -> locked(directory, e);
      case IndexFormatTooNewException e ->
          new Misconfigured(
              ("The index in %s was written by a newer kass; use that one, or rebuild the index: "
                      + "kass ingest --rebuild PATH...")
                  .formatted(directory),
              e);
      case IndexFormatTooOldException e ->
          new Misconfigured(
              ("The index in %s was written by an older kass that this one cannot read; rebuild it:"
                      + " kass ingest --rebuild PATH...")
                  .formatted(directory),
              e);
      case CorruptIndexException e -> damaged(directory, e);
      case IndexNotFoundException e -> damaged(directory, e);
      case EOFException e -> damaged(directory, e);
      case NoSuchFileException e -> damaged(directory, e);
      case FileNotFoundException e -> damaged(directory, e);
      case AccessDeniedException e ->
          new Misconfigured(
              "The index in %s may not be read or written by this user; check its permissions."
                  .formatted(directory),
              e);
      case ReadOnlyFileSystemException e ->
          new Misconfigured("The disk that holds %s is read-only.".formatted(directory), e);
      case ClosedByInterruptException e -> new Cancelled("The call was cancelled.", e);
      case TooManyClauses e ->
          new InvalidRequest("The filter of this search has too many conditions.", e);
      case AlreadyClosedException e -> fromClosed(e, directory);
      case IOException e -> DiskErrors.isFull(e) ? full(directory, e) : failed(directory, e);
      default ->
          new Internal("Unexpected failure in the index in %s.".formatted(directory), thrown);
    };
  }

  private static Rejected locked(Path directory, LockObtainFailedException e) {
    Long pid = Holder.pid(directory);
    return new Rejected(
        "Another kass process%s is writing to %s; wait for it or use another --data-dir."
            .formatted(pid == null ? "" : " (pid " + pid + ")", directory),
        e);
  }

  /** The index is not what was written. */
  static Misconfigured damaged(Path directory, Throwable cause) {
    return new Misconfigured(
        ("The index in %s is damaged. Nothing else is affected: rebuild it from the documents with "
                + "kass ingest --rebuild PATH..., or delete that directory and ingest again.")
            .formatted(directory),
        cause);
  }

  private static KassException fromClosed(AlreadyClosedException e, Path directory) {
    @Nullable Throwable cause = e.getCause();
    return cause == null || cause instanceof AlreadyClosedException
        ? new Unavailable("The index in %s was closed.".formatted(directory), e)
        : from(cause, directory);
  }

  private static Unavailable full(Path directory, IOException e) {
    return new Unavailable(
        ("The disk that holds %s is full. Nothing that was in the index is lost; free some space "
                + "and try again.")
            .formatted(directory),
        e);
  }

  private static Unavailable failed(Path directory, IOException e) {
    return new Unavailable(
        "The index in %s cannot be read or written now (%s); try again."
            .formatted(directory, e.getClass().getSimpleName()),
        e);
  }
}
