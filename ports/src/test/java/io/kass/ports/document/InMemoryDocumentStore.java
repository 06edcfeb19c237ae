package io.kass.ports.document;

import io.kass.ports.Bytewise;
import io.kass.ports.CallScope;
import io.kass.ports.Cursor;
import io.kass.ports.Page;
import io.kass.ports.error.KassException.InvalidRequest;
import io.kass.ports.error.KassException.NotFound;
import io.kass.ports.error.KassException.Rejected;
import io.kass.ports.error.KassException.Unavailable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A document store that forgets when the process ends. Keeps no versions and makes no links. */
public final class InMemoryDocumentStore implements DocumentStore {
  private static final int PAGE = 20;

  private final InstantSource clock;
  private final NavigableMap<String, Kept> documents = new TreeMap<>(Bytewise::compare);
  private final List<Problem> problems = new ArrayList<>();
  private long writes;

  public InMemoryDocumentStore(InstantSource clock) {
    this.clock = clock;
  }

  /** Stores a text, for tests. */
  public StoredDocument put(String id, String text) {
    return put(new DocumentId(id), text.getBytes(StandardCharsets.UTF_8));
  }

  /** Stores bytes, for tests. */
  public synchronized StoredDocument put(DocumentId id, byte[] bytes) {
    var document = new StoredDocument(id, bytes.length, "v" + ++writes, clock.instant());
    documents.put(id.value(), new Kept(document, ByteBuffer.wrap(bytes.clone())));
    return document;
  }

  /** Makes every listing from now on report this problem, on its first page. */
  public synchronized void report(Problem problem) {
    problems.add(problem);
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(true, false, false);
  }

  @Override
  public synchronized OpenDocument open(CallScope scope, DocumentId id, @Nullable String version) {
    scope.check(clock);
    Kept kept = documents.get(id.value());
    if (kept == null || (version != null && !version.equals(kept.document.version()))) {
      throw new NotFound("There is no document '" + id + "'.");
    }
    return new OpenDocument(kept.document, new InMemoryBytes(kept.bytes));
  }

  @Override
  public StoredDocument put(CallScope scope, DocumentId id, InputStream content, long length) {
    scope.check(clock);
    return put(id, read(content, length));
  }

  @Override
  public StoredDocument putIf(
      CallScope scope, DocumentId id, InputStream content, long length, @Nullable String expected) {
    scope.check(clock);
    byte[] bytes = read(content, length);
    synchronized (this) {
      Kept kept = documents.get(id.value());
      String current = kept == null ? null : kept.document.version();
      if (current == null ? expected != null : !current.equals(expected)) {
        throw new Rejected("The document '" + id + "' was changed by another.");
      }
      return put(id, bytes);
    }
  }

  @Override
  public synchronized Listing list(CallScope scope, String prefix, Cursor cursor) {
    scope.check(clock);
    boolean start = cursor.equals(Cursor.START);
    var items = new ArrayList<StoredDocument>();
    for (Kept kept : documents.tailMap(start ? prefix : cursor.token(), start).values()) {
      if (!kept.document.id().value().startsWith(prefix)) {
        break;
      }
      if (items.size() == PAGE) {
        Cursor next = new Cursor(items.getLast().id().value());
        return new Listing(items, start ? problems : List.of(), next);
      }
      items.add(kept.document);
    }
    return new Listing(items, start ? problems : List.of(), null);
  }

  @Override
  public synchronized boolean remove(CallScope scope, DocumentId id) {
    scope.check(clock);
    return documents.remove(id.value()) != null;
  }

  @Override
  public synchronized Page<StoredDocument> versions(CallScope scope, DocumentId id, Cursor cursor) {
    scope.check(clock);
    Kept kept = documents.get(id.value());
    return new Page<>(kept == null ? List.of() : List.of(kept.document), null);
  }

  @Override
  public URI presign(CallScope scope, DocumentId id, Access access, Duration validity) {
    throw new InvalidRequest("Documents that are kept in memory have no links.");
  }

  private static byte[] read(InputStream content, long length) {
    try {
      byte[] bytes = content.readAllBytes();
      if (bytes.length != length) {
        throw new InvalidRequest(
            "The document has " + bytes.length + " bytes, not " + length + " as was said.");
      }
      return bytes;
    } catch (IOException e) {
      throw new Unavailable("The document's content cannot be read.", e);
    }
  }

  private record Kept(StoredDocument document, ByteBuffer bytes) {}
}
