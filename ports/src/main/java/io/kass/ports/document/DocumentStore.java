package io.kass.ports.document;

import io.kass.ports.CallScope;
import io.kass.ports.Cursor;
import io.kass.ports.Page;
import java.io.InputStream;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.time.Duration;
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

  /** Stores a document whole, or not at all; replaces what was there. */
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
   * Lists current documents in ascending order of their ids.
   *
   * @param prefix only ids that begin so; empty for all
   */
  Page<StoredDocument> list(CallScope scope, String prefix, Cursor cursor);

  /** Removes a document; false when there was none. */
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
   * @param presigns whether it makes links
   * @param versions whether it keeps earlier versions
   */
  record Capabilities(boolean presigns, boolean versions) {}

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
