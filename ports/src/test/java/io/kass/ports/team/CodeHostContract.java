package io.kass.ports.team;

import static io.kass.ports.TestScopes.scope;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kass.ports.CallScope;
import io.kass.ports.TestPages;
import io.kass.ports.TestScopes;
import io.kass.ports.error.KassException.Cancelled;
import io.kass.ports.error.KassException.NotFound;
import io.kass.ports.team.CodeHost.ChangeRequest;
import io.kass.ports.team.CodeHost.FileChange;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What every host of code does. */
public abstract class CodeHostContract {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private final CallScope scope = scope();

  /** A host on which these changes await a merge. */
  protected abstract CodeHost host(Map<ChangeRequest, List<FileChange>> open);

  @Test
  void tellsItsName() {
    assertThat(host(Map.of()).name()).matches("[a-z][a-z0-9-]*");
  }

  @Test
  void listsTheChangesOfAProjectLastChangedFirst() {
    var open = new LinkedHashMap<ChangeRequest, List<FileChange>>();
    LongStream.rangeClosed(1, 30).forEach(i -> open.put(change("team/app", i), List.of()));
    open.put(change("team/other", 1), List.of());
    CodeHost host = host(open);
    assertThat(TestPages.all(cursor -> host.openChanges(scope, "team/app", cursor)))
        .containsExactlyElementsOf(
            LongStream.rangeClosed(1, 30).mapToObj(i -> change("team/app", 31 - i)).toList());
  }

  @Test
  void showsAChangeWithItsFiles() {
    List<FileChange> files =
        LongStream.rangeClosed(10, 40)
            .mapToObj(i ->
                new FileChange(
                    "src/A%d.java".formatted(i),
                    "src/A%d.java".formatted(i),
                    "@@ -1 +1 @@\n-old\n+new \u65E5\u672C\n",
                    false))
            .toList();
    CodeHost host = host(Map.of(change("team/app", 7), files));
    assertThat(host.change(scope, "team/app", 7)).isEqualTo(change("team/app", 7));
    assertThat(TestPages.all(cursor -> host.files(scope, "team/app", 7, cursor)))
        .containsExactlyElementsOf(files);
  }

  @Test
  void showsNewRemovedAndTruncatedFiles() {
    List<FileChange> files =
        List.of(
            new FileChange("", "new.txt", "@@ -0,0 +1 @@\n+new\n", false),
            new FileChange("old.txt", "", "@@ -1 +0,0 @@\n-old\n", false),
            new FileChange("big.sql", "big.sql", "", true));
    CodeHost host = host(Map.of(change("team/app", 7), files));
    assertThat(TestPages.all(cursor -> host.files(scope, "team/app", 7, cursor)))
        .containsExactlyElementsOf(files);
  }

  @Test
  void namesWhatIsNotThere() {
    CodeHost host = host(Map.of(change("team/app", 7), List.of()));
    assertThatThrownBy(() -> host.change(scope, "team/app", 8)).isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> host.change(scope, "team/none", 7)).isInstanceOf(NotFound.class);
  }

  @Test
  void doesNothingForAScopeThatEnded() {
    CodeHost host = host(Map.of(change("team/app", 7), List.of()));
    assertThatThrownBy(() -> host.change(TestScopes.cancelled(), "team/app", 7))
        .isInstanceOf(Cancelled.class);
  }

  private static ChangeRequest change(String project, long number) {
    return new ChangeRequest(
        project,
        number,
        "Title " + number,
        "Description",
        "ann",
        "feature/" + number,
        "main",
        NOON.plusSeconds(number),
        "https://code.example/" + project + "/" + number);
  }
}
