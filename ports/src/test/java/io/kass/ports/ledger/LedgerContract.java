package io.kass.ports.ledger;

import static io.kass.ports.TestScopes.scope;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kass.ports.CallScope;
import io.kass.ports.Cursor;
import io.kass.ports.Page;
import io.kass.ports.TestClock;
import io.kass.ports.TestPages;
import io.kass.ports.TestScopes;
import io.kass.ports.TestThreads;
import io.kass.ports.error.KassException.Cancelled;
import io.kass.ports.error.KassException.InvalidRequest;
import io.kass.ports.error.KassException.Rejected;
import io.kass.ports.error.KassException.Unavailable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every ledger does. */
public abstract class LedgerContract {
  /** The clock of the ledgers under test. */
  protected final TestClock clock = new TestClock();

  private final CallScope scope = scope();

  /** A ledger over this test's storage; each call stands for another process with the same one. */
  protected abstract Ledger open(InstantSource clock);

  private Ledger open() {
    return open(clock);
  }

  @Test
  void knowsNothingAtFirst() {
    assertThat(open().get(scope, "key")).isNull();
    assertThat(open().list(scope, "", Cursor.START)).isEqualTo(new Page<>(List.of(), null));
  }

  @Test
  void createsChangesAndDeletes() {
    Ledger ledger = open();
    assertThat(ledger.compareAndSet(scope, "key", 0, "one", null)).isEqualTo(1);
    assertThat(ledger.get(scope, "key")).isEqualTo(new LedgerEntry("key", 1, "one"));
    assertThat(ledger.compareAndSet(scope, "key", 1, "two", null)).isEqualTo(2);
    assertThat(open().get(scope, "key")).isEqualTo(new LedgerEntry("key", 2, "two"));
    assertThat(ledger.compareAndSet(scope, "key", 2, null, null)).isEqualTo(0);
    assertThat(ledger.get(scope, "key")).isNull();
    assertThat(ledger.compareAndSet(scope, "key", 0, "three", null)).isPositive();
  }

  @Test
  void refusesAnotherRevision() {
    Ledger ledger = open();
    assertThat(ledger.compareAndSet(scope, "key", 1, "value", null)).isEqualTo(-1);
    assertThat(ledger.compareAndSet(scope, "key", 1, null, null)).isEqualTo(-1);
    assertThat(ledger.get(scope, "key")).isNull();
    ledger.compareAndSet(scope, "key", 0, "value", null);
    assertThat(ledger.compareAndSet(scope, "key", 0, "other", null)).isEqualTo(-1);
    assertThat(ledger.compareAndSet(scope, "key", 2, "other", null)).isEqualTo(-1);
    assertThat(ledger.compareAndSet(scope, "key", 0, null, null)).isEqualTo(-1);
    assertThat(ledger.get(scope, "key")).isEqualTo(new LedgerEntry("key", 1, "value"));
  }

  @Test
  void deletingWhatIsNotThereIsFine() {
    assertThat(open().compareAndSet(scope, "key", 0, null, null)).isEqualTo(0);
  }

  @Test
  void letsOneOfManyWin() {
    open().compareAndSet(scope, "key", 0, "start", null);
    List<Long> revisions =
        TestThreads.atOnce(
            8,
            number -> {
              Ledger ledger = open();
              return () -> ledger.compareAndSet(scope, "key", 1, "by " + number, null);
            });
    assertThat(revisions).containsOnlyOnce(2L);
    assertThat(revisions.stream().filter(revision -> revision == -1)).hasSize(7);
    assertThat(open().get(scope, "key"))
        .isEqualTo(new LedgerEntry("key", 2, "by " + revisions.indexOf(2L)));
  }

  @Test
  void losesNoIncrementOfMany() {
    TestThreads.atOnce(
        4,
        number -> {
          Ledger ledger = open();
          return () -> {
            for (int i = 0; i < 10; i++) {
              increment(ledger);
            }
            return number;
          };
        });
    assertThat(open().get(scope, "sum")).isEqualTo(new LedgerEntry("sum", 40, "40"));
  }

  private void increment(Ledger ledger) {
    boolean done = false;
    while (!done) {
      LedgerEntry seen = ledger.get(scope, "sum");
      int value = seen == null ? 0 : Integer.parseInt(seen.value());
      long revision = seen == null ? 0 : seen.revision();
      done = ledger.compareAndSet(scope, "sum", revision, Integer.toString(value + 1), null) != -1;
    }
  }

  @Test
  @Tag("D3")
  void listsOddKeysInTheOrderOfTheirBytes() {
    List<String> keys =
        List.of(
            "doc/a",
            "doc/a%",
            "doc/a%b",
            "doc/a_b",
            "doc/ab",
            "doc/a+b c.txt",
            "doc/%2e%2e/",
            "doc/../x",
            "doc/A",
            "doc/'; DROP TABLE entry; --",
            "doc/\"",
            "doc/\\",
            "doc/*?[a]",
            "doc/\uD83D\uDE00",
            "doc/\uFF21",
            "doc/\u65E5\u672C",
            "doc/e\u0301",
            "doc/\u00E9",
            "doc/\n\t",
            "doc/\u007F",
            "doc/",
            "doc0",
            "do",
            "doc_x",
            "doc%");
    for (String key : keys) {
      assertThat(open().compareAndSet(scope, key, 0, "value of " + key, null)).isEqualTo(1);
    }
    List<String> expected =
        keys.stream().filter(key -> key.startsWith("doc/")).sorted(LedgerContract::bytes).toList();
    assertThat(all("doc/").stream().map(LedgerEntry::key)).containsExactlyElementsOf(expected);
    assertThat(all("doc/")).allMatch(entry -> entry.value().equals("value of " + entry.key()));
    assertThat(all("doc/a%").stream().map(LedgerEntry::key)).containsExactly("doc/a%", "doc/a%b");
    assertThat(all("doc_").stream().map(LedgerEntry::key)).containsExactly("doc_x");
    assertThat(all("")).hasSameSizeAs(keys);
    assertThat(all("nothing")).isEmpty();
  }

  @Test
  void listsEachEntryOnceWhileOthersComeAndGo() {
    for (int i = 0; i < 500; i++) {
      open().compareAndSet(scope, "key/%03d".formatted(i), 0, Integer.toString(i), null);
    }
    var seen = new ArrayList<String>();
    Cursor cursor = Cursor.START;
    while (cursor != null) {
      Page<LedgerEntry> page = open().list(scope, "key/", cursor);
      page.items().forEach(entry -> seen.add(entry.key()));
      if (!page.items().isEmpty()) {
        LedgerEntry last = page.items().getLast();
        open().compareAndSet(scope, last.key(), last.revision(), null, null);
        open().compareAndSet(scope, "key/", 0, "before all others", null);
      }
      cursor = page.next();
    }
    assertThat(seen.stream().filter(key -> !key.equals("key/")))
        .hasSize(500)
        .doesNotHaveDuplicates()
        .isSorted();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\0b", "\uD83D"})
  void refusesWhatIsNoKey(String key) {
    assertRefusedAsKey(key);
  }

  @Test
  @Tag("D3")
  void keepsKeysAndValuesUpToTheirLimits() {
    String longest = "\u65E5".repeat(341) + "x";
    assertThat(longest.getBytes(StandardCharsets.UTF_8)).hasSize(LedgerEntry.MAX_KEY_BYTES);
    String value = "\u65E5".repeat(LedgerEntry.MAX_VALUE_BYTES / 3) + "x";
    assertThat(value.getBytes(StandardCharsets.UTF_8)).hasSize(LedgerEntry.MAX_VALUE_BYTES);
    open().compareAndSet(scope, longest, 0, value, null);
    assertThat(open().get(scope, longest)).isEqualTo(new LedgerEntry(longest, 1, value));
    assertRefusedAsKey(longest + "x");
    assertThatThrownBy(() -> open().compareAndSet(scope, "key", 0, value + "x", null))
        .isInstanceOf(InvalidRequest.class);
    assertThatThrownBy(() -> open().compareAndSet(scope, "key", 0, "half \uD83D", null))
        .isInstanceOf(InvalidRequest.class);
    assertThat(open().get(scope, "key")).isNull();
    open().compareAndSet(scope, "key", 0, "", null);
    assertThat(open().get(scope, "key")).isEqualTo(new LedgerEntry("key", 1, ""));
  }

  private void assertRefusedAsKey(String key) {
    Ledger ledger = open();
    Instant later = clock.instant().plusSeconds(60);
    assertThatThrownBy(() -> ledger.get(scope, key)).isInstanceOf(InvalidRequest.class);
    assertThatThrownBy(() -> ledger.compareAndSet(scope, key, 0, "value", null))
        .isInstanceOf(InvalidRequest.class);
    assertThatThrownBy(() -> ledger.lease(scope, key, "owner", Duration.ofSeconds(1)))
        .isInstanceOf(InvalidRequest.class);
    assertThatThrownBy(() -> ledger.add(scope, key, 1, 10, later))
        .isInstanceOf(InvalidRequest.class);
  }

  @Test
  void givesALeaseToOneOwnerAtATime() {
    Lease lease = take("a", 10);
    assertThat(lease.name()).isEqualTo("work");
    assertThat(lease.owner()).isEqualTo("a");
    assertThat(lease.expires()).isEqualTo(clock.instant().plusSeconds(10));
    assertThat(open().lease(scope, "work", "b", Duration.ofSeconds(10))).isNull();
    assertThat(open().lease(scope, "other work", "b", Duration.ofSeconds(10))).isNotNull();
  }

  @Test
  void renewsALease() {
    Lease lease = take("a", 10);
    clock.advance(Duration.ofSeconds(9));
    Lease renewed = take("a", 10);
    assertThat(renewed.fence()).isEqualTo(lease.fence());
    assertThat(renewed.expires()).isEqualTo(clock.instant().plusSeconds(10));
    clock.advance(Duration.ofSeconds(9));
    assertThat(open().lease(scope, "work", "b", Duration.ofSeconds(10))).isNull();
  }

  @Test
  void givesALeaseThatRanOutToAnother() {
    Lease first = take("a", 10);
    clock.advance(Duration.ofSeconds(10));
    Lease second = take("b", 10);
    assertThat(second.fence()).isGreaterThan(first.fence());
    assertThat(open().lease(scope, "work", "a", Duration.ofSeconds(10))).isNull();
  }

  @Test
  void keepsTheFenceOfAnOwnerThatNobodyFollowed() {
    Lease first = take("a", 10);
    clock.advance(Duration.ofHours(1));
    assertThat(open().compareAndSet(scope, "key", 0, "late but alone", first)).isEqualTo(1);
    assertThat(take("a", 10).fence()).isEqualTo(first.fence());
  }

  @Test
  void givesAReleasedLeaseToTheNextAtOnce() {
    Lease first = take("a", 10);
    open().release(scope, first);
    Lease second = take("b", 10);
    assertThat(second.fence()).isGreaterThan(first.fence());
    open().release(scope, first);
    assertThat(open().lease(scope, "work", "c", Duration.ofSeconds(10))).isNull();
    open().release(scope, second);
    open().release(scope, second);
    assertThat(take("b", 10).fence()).isGreaterThan(second.fence());
    open().release(scope, new Lease("never taken", "a", 1, clock.instant()));
  }

  @Test
  void givesALeaseToOneOfMany() {
    List<Boolean> taken =
        TestThreads.atOnce(
            8,
            number -> {
              Ledger ledger = open();
              return () ->
                  ledger.lease(scope, "work", "owner " + number, Duration.ofSeconds(10)) != null;
            });
    assertThat(taken).containsOnlyOnce(true);
  }

  @Test
  void refusesALeaseForNoTime() {
    assertThatThrownBy(() -> open().lease(scope, "work", "a", Duration.ZERO))
        .isInstanceOf(InvalidRequest.class);
  }

  @Test
  void refusesWritesOfAnOwnerThatOverslept() {
    Lease paused = take("a", 10);
    assertThat(open().compareAndSet(scope, "key", 0, "by a", paused)).isEqualTo(1);
    clock.advance(Duration.ofSeconds(11));
    Lease current = take("b", 10);
    assertThat(open().compareAndSet(scope, "key", 1, "by b", current)).isEqualTo(2);
    assertThatThrownBy(() -> open().compareAndSet(scope, "key", 2, "by a again", paused))
        .isInstanceOf(Rejected.class);
    assertThatThrownBy(() -> open().compareAndSet(scope, "new key", 0, "by a", paused))
        .isInstanceOf(Rejected.class);
    assertThatThrownBy(() -> open().compareAndSet(scope, "key", 2, null, paused))
        .isInstanceOf(Rejected.class);
    assertThat(open().get(scope, "key")).isEqualTo(new LedgerEntry("key", 2, "by b"));
    assertThat(open().get(scope, "new key")).isNull();
  }

  @Test
  void refusesAFenceThatWasNeverGivenOut() {
    Lease invented = new Lease("work", "a", 7, clock.instant().plusSeconds(10));
    assertThatThrownBy(() -> open().compareAndSet(scope, "key", 0, "value", invented))
        .isInstanceOf(Rejected.class);
    assertThat(open().get(scope, "key")).isNull();
  }

  @Test
  void countsUpToALimit() {
    Instant expiry = clock.instant().plusSeconds(60);
    assertThat(open().add(scope, "calls", 3, 10, expiry)).isEqualTo(3);
    assertThat(open().add(scope, "calls", 7, 10, expiry)).isEqualTo(10);
    assertThat(open().add(scope, "calls", 1, 10, expiry)).isEqualTo(-1);
    assertThat(open().add(scope, "calls", 0, 10, expiry)).isEqualTo(10);
    assertThat(open().add(scope, "calls", 1, 11, expiry)).isEqualTo(11);
    assertThat(open().add(scope, "calls", Long.MAX_VALUE, Long.MAX_VALUE, expiry)).isEqualTo(-1);
    assertThat(open().add(scope, "other calls", 11, 10, expiry)).isEqualTo(-1);
    assertThat(open().add(scope, "other calls", 0, 10, expiry)).isEqualTo(0);
    assertThatThrownBy(() -> open().add(scope, "calls", -1, 10, expiry))
        .isInstanceOf(InvalidRequest.class);
  }

  @Test
  void listsCountersInTheOrderOfTheirBytes() {
    Instant expiry = clock.instant().plusSeconds(60);
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 1_100; i++) {
      names.add("user/a/%04d".formatted(i));
    }
    names.add("user/a/\u65E5\u672C");
    names.add("user/a/\uD83D\uDE00");
    Ledger ledger = open();
    names.reversed().forEach(name -> ledger.add(scope, name, name.length(), 100, expiry));
    ledger.add(scope, "user/a", 1, 100, expiry);
    ledger.add(scope, "user/b/0000", 1, 100, expiry);

    assertThat(counters("user/a/")).extracting(Counter::name).isEqualTo(names);
    assertThat(counters("user/a/0007")).containsExactly(new Counter("user/a/0007", 11, expiry));
    assertThat(counters("nobody/")).isEmpty();
  }

  @Test
  void deletesACounter() {
    Instant expiry = clock.instant().plusSeconds(60);
    open().add(scope, "calls", 5, 10, expiry);
    open().add(scope, "other calls", 5, 10, expiry);
    assertThat(open().deleteCounter(scope, "calls")).isTrue();
    assertThat(open().deleteCounter(scope, "calls")).isFalse();
    assertThat(counters("")).extracting(Counter::name).containsExactly("other calls");
    assertThat(open().add(scope, "calls", 1, 10, expiry.plusSeconds(60))).isEqualTo(1);
    assertThat(counters("calls"))
        .extracting(Counter::expires)
        .containsExactly(expiry.plusSeconds(60));
    assertThatThrownBy(() -> open().deleteCounter(scope, "")).isInstanceOf(InvalidRequest.class);
  }

  private List<Counter> counters(String prefix) {
    return TestPages.all(cursor -> open().counters(scope, prefix, cursor));
  }

  @Test
  void startsACounterAgainWhenItExpired() {
    Instant first = clock.instant().plusSeconds(60);
    open().add(scope, "calls", 5, 10, first);
    clock.advance(Duration.ofSeconds(59));
    assertThat(open().add(scope, "calls", 1, 10, first.plusSeconds(600))).isEqualTo(6);
    clock.advance(Duration.ofSeconds(1));
    assertThat(open().add(scope, "calls", 2, 10, first.plusSeconds(60))).isEqualTo(2);
    clock.advance(Duration.ofSeconds(60));
    assertThat(open().add(scope, "calls", 1, 10, first.plusSeconds(120))).isEqualTo(1);
  }

  @Test
  void countsEachOfManyOnce() {
    Instant expiry = clock.instant().plusSeconds(60);
    List<Integer> granted =
        TestThreads.atOnce(
            4,
            number -> {
              Ledger ledger = open();
              return () -> {
                int passed = 0;
                for (int i = 0; i < 10; i++) {
                  passed += ledger.add(scope, "calls", 1, 25, expiry) > 0 ? 1 : 0;
                }
                return passed;
              };
            });
    assertThat(granted.stream().mapToInt(Integer::intValue).sum()).isEqualTo(25);
    assertThat(open().add(scope, "calls", 0, 25, expiry)).isEqualTo(25);
  }

  @Test
  void keepsEntriesLeasesAndCountersApart() {
    take("a", 10);
    open().add(scope, "work", 1, 10, clock.instant().plusSeconds(60));
    assertThat(open().get(scope, "work")).isNull();
    assertThat(open().list(scope, "", Cursor.START).items()).isEmpty();
    assertThat(open().compareAndSet(scope, "work", 0, "value", null)).isEqualTo(1);
  }

  @Test
  void doesNothingForAScopeThatEnded() {
    CallScope cancelled = TestScopes.cancelled();
    assertThatThrownBy(() -> open().compareAndSet(cancelled, "key", 0, "value", null))
        .isInstanceOf(Cancelled.class);
    CallScope late = scope(clock, Duration.ofSeconds(5));
    clock.advance(Duration.ofSeconds(5));
    assertThatThrownBy(() -> open().compareAndSet(late, "key", 0, "value", null))
        .isInstanceOf(Unavailable.class);
    assertThat(open().get(scope, "key")).isNull();
  }

  private Lease take(String owner, int seconds) {
    return Objects.requireNonNull(
        open().lease(scope, "work", owner, Duration.ofSeconds(seconds)), "the lease is free");
  }

  private List<LedgerEntry> all(String prefix) {
    var entries = new ArrayList<LedgerEntry>();
    @Nullable Cursor cursor = Cursor.START;
    while (cursor != null) {
      Page<LedgerEntry> page = open().list(scope, prefix, cursor);
      entries.addAll(page.items());
      cursor = page.next();
    }
    return entries;
  }

  private static int bytes(String a, String b) {
    return Arrays.compareUnsigned(
        a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
  }
}
