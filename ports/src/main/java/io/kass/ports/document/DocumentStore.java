package io.kass.ports.document;

import io.kass.ports.CallScope;
import io.kass.ports.Cursor;
import io.kass.ports.Page;
import java.io.InputStream;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the documents themselves. Thread-safe. Ids never lead out of the store: a path that does,
 * after links are resolved, is refused.
 */
public interface DocumentStore {
  /** What this store can do beyond its basic duty. */
  Capabilities capabilities();

  /**
   * Opens a document for reading.
   *
   * @param version the version wanted, or null for the current one
   * @throws io.kass.ports.error.KassException.NotFound when there is none
   * @throws io.kass.ports.error.KassException.Rejected when it may not be read
   */
  OpenDocument open(CallScope scope, DocumentId id, @Nullable String version);

  /**
   * Stores a document whole, or not at all; replaces what was there.
   *
   * @param content read to its end; the caller closes it
   * @param length how many bytes it has
   * @throws io.kass.ports.error.KassException.InvalidRequest when it has another length, when the
   *     id cannot be kept here, or where {@link Capabilities#writes()} is false
   */
  StoredDocument put(CallScope scope, DocumentId id, InputStream content, long length);

  /**
   * Stores a document only if its current version is still {@code expected}.
   *
   * @param expected the version seen, or null for "there is none"
   * @throws io.kass.ports.error.KassException.Rejected when it is another one
   */
  StoredDocument putIf(
      CallScope scope, DocumentId id, InputStream content, long length, @Nullable String expected);

  /**
   * Lists current documents in ascending order of their ids, in bounded memory. Documents that are
   * written or removed meanwhile may or may not show; all others do, each once.
   *
   * @param prefix only ids that begin so; empty for all
   */
  Listing list(CallScope scope, String prefix, Cursor cursor);

  /**
   * Removes a document; false when there was none.
   *
   * @throws io.kass.ports.error.KassException.InvalidRequest where {@link Capabilities#writes()} is
   *     false
   */
  boolean remove(CallScope scope, DocumentId id);

  /** The versions kept of a document, newest first; only the current one where none are kept. */
  Page<StoredDocument> versions(CallScope scope, DocumentId id, Cursor cursor);

  /**
   * A link that lets its holder read or write one document for a while.
   *
   * @throws io.kass.ports.error.KassException.InvalidRequest where {@link Capabilities#presigns()}
   *     is false
   */
  URI presign(CallScope scope, DocumentId id, Access access, Duration validity);

  /** What a link allows. */
  enum Access {
    GET,
    PUT
  }

  /**
   * What a store can do.
   *
   * @param writes whether documents can be put and removed
   * @param presigns whether it makes links
   * @param versions whether it keeps earlier versions
   */
  record Capabilities(boolean writes, boolean presigns, boolean versions) {}

  /**
   * A part of a listing.
   *
   * @param documents in the listing's order; may be empty although more follows
   * @param problems what was met on the way and cannot be listed
   * @param next where the listing goes on, or null at its end
   */
  record Listing(List<StoredDocument> documents, List<Problem> problems, @Nullable Cursor next) {
    public Listing {
      documents = List.copyOf(documents);
      problems = List.copyOf(problems);
    }
  }

  /**
   * Something that cannot be listed.
   *
   * @param place what it is about, written like a document id; a folder's ends with {@code /}
   * @param hidesDocuments whether there may be documents that the listing lacks, with ids that
   *     begin with {@code place}: they must not be taken for removed
   * @param message for the user: what it is and what to do
   */
  record Problem(String place, boolean hidesDocuments, String message) {}

  /** A document opened for reading: its bytes, and what was known of it at that moment. */
  record OpenDocument(StoredDocument document, SeekableByteChannel content)
      implements AutoCloseable {
    @Override
    public void close() {
      try {
        content.close();
      } catch (java.io.IOException e) {
        // Nothing was written, so nothing is lost.
        return;
      }
    }
  }
}
