package io.kass.local.chroma;

import io.kass.ports.Bytewise;
import io.kass.ports.CallScope;
import io.kass.ports.ContentHash;
import io.kass.ports.Cursor;
import io.kass.ports.Json;
import io.kass.ports.Page;
import io.kass.ports.document.DocumentId;
import io.kass.ports.error.KassException.Rejected;
import io.kass.ports.error.KassException.Unavailable;
import io.kass.ports.index.DocumentStamp;
import io.kass.ports.ledger.Lease;
import io.kass.ports.ledger.Ledger;
import io.kass.ports.ledger.LedgerEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which write of each document counts. Chroma changes one record at a time; so the records of a
 * document's new state are written under a new generation that nobody sees yet, and one entry of
 * the ledger is moved from the old generation to the new one. Four kinds of entries, under the id
 * of the collection:
 *
 * <ul>
 *   <li>{@code state}: what the collection was written for, and a number that grows with each
 *       change. It is raised before and after a pointer moves, and before anything is deleted: who
 *       reads between two equal numbers saw one state.
 *   <li>{@code document/HASH}: the stamp of a document's last write, and its generation.
 *   <li>{@code open/GENERATION}: a write that has begun: it tells what to delete when it is found
 *       without a lease: its own records, or once it was committed those that it replaced.
 *   <li>{@code noticed}: how often the records were found to have been changed by others.
 * </ul>
 */
final class Generations {
  /** The generation of documents that were never replaced as a whole. */
  static final String NONE = "0";

  /** How long a write may do nothing before another may clean up after it. */
  static final Duration LEASE = Duration.ofMinutes(10);

  private static final int ATTEMPTS = 1_000;

  /** What a collection was written for. */
  record Purpose(String model, int dimension, String metric, String chunker) {}

  /**
   * The state of the collection.
   *
   * @param entry the revision of the ledger's entry
   * @param number grows with each change
   */
  record State(long entry, long number, Purpose purpose) {}

  /**
   * A document's last write.
   *
   * @param entry the revision of the ledger's entry
   */
  record Pointer(long entry, String order, String generation) {
    boolean isAfter(DocumentStamp stamp) {
      return Bytewise.compare(order, stamp.order()) > 0;
    }
  }

  /**
   * A write that has begun.
   *
   * @param entry the revision of the ledger's entry
   * @param replaces the generation that it replaces
   */
  record Open(long entry, DocumentId document, String generation, String replaces) {}

  /** A write of a document that does not count. */
  record Hidden(DocumentId document, String generation) {}

  private final Ledger ledger;
  private final String prefix;

  /**
   * Those of a collection.
   *
   * @param collection the server's id of it
   */
  Generations(Ledger ledger, String collection) {
    this.ledger = ledger;
    this.prefix = "chroma/" + collection + "/";
  }

  /** What is seen at one moment. Thread-safe. */
  final class View {
    private final long number;
    private final Map<DocumentId, String> known = new ConcurrentHashMap<>();

    private View(long number) {
      this.number = number;
    }

    private String prefix() {
      return prefix;
    }

    /** Whether KASS never wrote to the collection. */
    boolean isUntouched() {
      return number == 0;
    }

    /** The generation of a document that counts. */
    String generation(CallScope scope, DocumentId document) {
      if (isUntouched()) {
        return NONE;
      }
      String found = known.get(document);
      if (found == null) {
        Pointer pointer = pointer(scope, document);
        found = pointer == null ? NONE : pointer.generation();
        known.put(document, found);
      }
      return found;
    }

    /** Whether nothing has changed since. */
    boolean isCurrent(CallScope scope) {
      return number(scope) == number;
    }
  }

  /** What is seen now; {@code last} when nothing has changed since. */
  View view(CallScope scope, @Nullable View last) {
    long number = number(scope);
    return last != null && last.number == number && last.prefix().equals(prefix)
        ? last
        : new View(number);
  }

  private long number(CallScope scope) {
    State state = state(scope);
    return state == null ? 0 : state.number();
  }

  @Nullable State state(CallScope scope) {
    LedgerEntry entry = ledger.get(scope, prefix + "state");
    if (entry == null) {
      return null;
    }
    Json.Obj value = OwnMembers.parse(entry.value());
    return new State(
        entry.revision(),
        OwnMembers.whole(value, "number"),
        new Purpose(
            OwnMembers.text(value, "model"),
            Math.toIntExact(OwnMembers.whole(value, "dimension")),
            OwnMembers.text(value, "metric"),
            OwnMembers.text(value, "chunker")));
  }

  /** Raises the number, or begins with 1. */
  void raise(CallScope scope, Purpose purpose) {
    for (int i = 0; i < ATTEMPTS; i++) {
      State state = state(scope);
      var value = new LinkedHashMap<String, Json>();
      value.put("number", Json.of(state == null ? 1 : state.number() + 1));
      value.put("model", Json.of(purpose.model()));
      value.put("dimension", Json.of(purpose.dimension()));
      value.put("metric", Json.of(purpose.metric()));
      value.put("chunker", Json.of(purpose.chunker()));
      if (set(scope, "state", state == null ? 0 : state.entry(), new Json.Obj(value)) >= 0) {
        return;
      }
    }
    throw busy();
  }

  @Nullable Pointer pointer(CallScope scope, DocumentId document) {
    LedgerEntry entry = ledger.get(scope, prefix + key(document));
    if (entry == null) {
      return null;
    }
    Json.Obj value = OwnMembers.parse(entry.value());
    return new Pointer(
        entry.revision(), OwnMembers.text(value, "order"), OwnMembers.text(value, "generation"));
  }

  /**
   * Makes a generation the one that counts.
   *
   * @param seen the pointer that was seen, or null for none
   * @return false when it is no longer the one that was seen
   */
  boolean move(
      CallScope scope,
      DocumentStamp stamp,
      @Nullable Pointer seen,
      String generation,
      Lease lease) {
    var value = new LinkedHashMap<String, Json>();
    value.put("document", Json.of(stamp.id().value()));
    value.put("order", Json.of(stamp.order()));
    value.put("content", Json.of(stamp.content().hex()));
    value.put("generation", Json.of(generation));
    String text = new Json.Obj(value).canonical();
    long revision = seen == null ? 0 : seen.entry();
    return ledger.compareAndSet(scope, prefix + key(stamp.id()), revision, text, lease) >= 0;
  }

  private static String key(DocumentId document) {
    return "document/" + ContentHash.of(document.value()).hex();
  }

  static Rejected stale(DocumentStamp stamp) {
    return new Rejected(
        "A later state of " + stamp.id() + " is already in the index; this one is ignored.");
  }

  /** Writes down a write that begins, or that replaces something else than was thought. */
  Open open(
      CallScope scope,
      @Nullable Open before,
      DocumentId document,
      String generation,
      String replaces) {
    var value = new LinkedHashMap<String, Json>();
    value.put("document", Json.of(document.value()));
    value.put("replaces", Json.of(replaces));
    long revision =
        set(scope, "open/" + generation, before == null ? 0 : before.entry(), new Json.Obj(value));
    if (revision < 0) {
      throw abandoned(document);
    }
    return new Open(revision, document, generation, replaces);
  }

  /** That others took this write for dead. */
  static Unavailable abandoned(DocumentId document) {
    return new Unavailable(
        "The write of %s rested for longer than %d minutes and was cleaned up; begin it again."
            .formatted(document, LEASE.toMinutes()));
  }

  /** Forgets a write. */
  void close(CallScope scope, Open open, @Nullable Lease lease) {
    ledger.compareAndSet(scope, prefix + "open/" + open.generation(), open.entry(), null, null);
    if (lease != null) {
      ledger.release(scope, lease);
    }
  }

  /** The right to go on with a write, or to clean up after it; null while another has it. */
  @Nullable Lease lease(CallScope scope, String generation, String owner) {
    return ledger.lease(scope, prefix + "open/" + generation, owner, LEASE);
  }

  /** The writes that have begun and not ended, whether they still run or not. */
  List<Open> open(CallScope scope) {
    String under = prefix + "open/";
    var open = new ArrayList<Open>();
    Cursor cursor = Cursor.START;
    while (cursor != null) {
      Page<LedgerEntry> page = ledger.list(scope, under, cursor);
      for (LedgerEntry entry : page.items()) {
        Json.Obj value = OwnMembers.parse(entry.value());
        open.add(
            new Open(
                entry.revision(),
                new DocumentId(OwnMembers.text(value, "document")),
                entry.key().substring(under.length()),
                OwnMembers.text(value, "replaces")));
      }
      cursor = page.next();
    }
    return open;
  }

  /**
   * The records of these writes that do not count: their own until they are committed, and those
   * that they replaced from then on.
   */
  Set<Hidden> hidden(CallScope scope, List<Open> open) {
    var hidden = new LinkedHashSet<Hidden>();
    for (Open write : open) {
      Pointer pointer = pointer(scope, write.document());
      String counts = pointer == null ? NONE : pointer.generation();
      for (String generation : List.of(write.generation(), write.replaces())) {
        if (!generation.equals(counts)) {
          hidden.add(new Hidden(write.document(), generation));
        }
      }
    }
    return hidden;
  }

  /** How often records were found to have been changed by others. */
  long noticed(CallScope scope) {
    LedgerEntry entry = ledger.get(scope, prefix + "noticed");
    return entry == null ? 0 : entry.revision();
  }

  /** Counts that records were found to have been changed by others. */
  void notice(CallScope scope) {
    LedgerEntry entry = ledger.get(scope, prefix + "noticed");
    // Whoever else counts at the same time has seen the same.
    ledger.compareAndSet(
        scope, prefix + "noticed", entry == null ? 0 : entry.revision(), "changed", null);
  }

  private long set(CallScope scope, String name, long revision, Json.Obj value) {
    return ledger.compareAndSet(scope, prefix + name, revision, value.canonical(), null);
  }

  private static Unavailable busy() {
    return new Unavailable("The ledger is being changed all the time; try again.");
  }
}
