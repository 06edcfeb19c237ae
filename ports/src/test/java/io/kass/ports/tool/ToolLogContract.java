package io.kass.ports.tool;

import static io.kass.ports.TestScopes.scope;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kass.ports.CallScope;
import io.kass.ports.Cursor;
import io.kass.ports.Page;
import io.kass.ports.TestScopes;
import io.kass.ports.TestThreads;
import io.kass.ports.UserId;
import io.kass.ports.error.KassException.Cancelled;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every tool log does. */
public abstract class ToolLogContract {
  private static final UserId ANN = new UserId("ann");
  private static final UserId BOB = new UserId("bob");
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123Z");

  private final CallScope scope = scope();

  /** A log over this test's storage; each call stands for another process with the same one. */
  protected abstract ToolLog open();

  @Test
  void knowsNothingAtFirst() {
    assertThat(open().page(scope, "search", Cursor.START)).isEqualTo(new Page<>(List.of(), null));
    assertThat(open().deleteUser(scope, ANN)).isZero();
  }

  @Test
  void givesBackWhatWasAppendedAsItWas() {
    ToolLogEntry entry =
        new ToolLogEntry(
            "id",
            "search",
            ANN,
            "turn",
            "{\"words\":\"\u65E5\u672C '; --\"}",
            false,
            "It failed:\nno \"such\" thing",
            NOON,
            Duration.ofMillis(1234));
    open().append(scope, entry);
    assertThat(all("search")).containsExactly(entry);
  }

  @Test
  void keepsACallOnce() {
    open().append(scope, entry("id", "search", ANN, NOON));
    open().append(scope, entry("id", "search", ANN, NOON));
    open().append(scope, entry("id", "search", BOB, NOON.plusSeconds(1)));
    assertThat(all("search")).containsExactly(entry("id", "search", ANN, NOON));
  }

  @Test
  void pagesThroughTheCallsOfAToolNewestFirst() {
    for (int i = 0; i < 400; i++) {
      open().append(scope, entry("id " + i, "search", ANN, NOON.plusSeconds(i * 37 % 400)));
      open().append(scope, entry("other " + i, "post", ANN, NOON));
    }
    assertThat(all("search"))
        .extracting(ToolLogEntry::at)
        .containsExactlyElementsOf(
            IntStream.range(0, 400).mapToObj(i -> NOON.plusSeconds(399 - i)).toList());
    assertThat(all("Search")).isEmpty();
  }

  @Test
  void showsEachOfManyCallsOfOneMomentOnce() {
    TestThreads.atOnce(
        4,
        number -> {
          ToolLog log = open();
          return () -> {
            for (int i = 0; i < 60; i++) {
              log.append(scope, entry(number + "." + i, "search", ANN, NOON));
            }
            return number;
          };
        });
    assertThat(all("search")).hasSize(240).doesNotHaveDuplicates();
  }

  @Test
  void deletesTheCallsOfAUser() {
    for (int i = 0; i < 60; i++) {
      open().append(scope, entry("ann " + i, "tool " + i, ANN, NOON));
    }
    open().append(scope, entry("bob", "tool 0", BOB, NOON));
    assertThat(open().countUser(scope, ANN)).isEqualTo(60);
    assertThat(open().deleteUser(scope, ANN)).isEqualTo(60);
    assertThat(open().countUser(scope, ANN)).isZero();
    assertThat(open().countUser(scope, BOB)).isEqualTo(1);
    assertThat(all("tool 0")).containsExactly(entry("bob", "tool 0", BOB, NOON));
    assertThat(all("tool 1")).isEmpty();
  }

  @Test
  void doesNothingForAScopeThatEnded() {
    ToolLogEntry entry = entry("id", "search", ANN, NOON);
    assertThatThrownBy(() -> open().append(TestScopes.cancelled(), entry))
        .isInstanceOf(Cancelled.class);
    assertThat(all("search")).isEmpty();
  }

  private List<ToolLogEntry> all(String tool) {
    var entries = new ArrayList<ToolLogEntry>();
    Cursor cursor = Cursor.START;
    while (cursor != null) {
      Page<ToolLogEntry> page = open().page(scope, tool, cursor);
      entries.addAll(page.items());
      cursor = page.next();
    }
    return entries;
  }

  private static ToolLogEntry entry(String id, String tool, UserId user, Instant at) {
    return new ToolLogEntry(id, tool, user, "turn", "{}", true, "ok", at, Duration.ofMillis(5));
  }
}
