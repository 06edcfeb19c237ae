package io.kass.ports.team;

import static io.kass.ports.TestScopes.scope;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kass.ports.CallScope;
import io.kass.ports.TestPages;
import io.kass.ports.TestScopes;
import io.kass.ports.error.KassException.Cancelled;
import io.kass.ports.error.KassException.InvalidRequest;
import io.kass.ports.error.KassException.NotFound;
import io.kass.ports.team.IssueTracker.Issue;
import io.kass.ports.team.IssueTracker.IssueDraft;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every issue tracker does. */
public abstract class IssueTrackerContract {
  private static final LocalDate DUE = LocalDate.of(2026, 3, 31);

  private final CallScope scope = scope();

  /**
   * The one tracker under test: a project {@code PROJ} without issues, the types {@code Bug} and
   * {@code Task}, the priorities {@code High} and {@code Normal}, the person {@code Ann}, and the
   * statuses {@code Open} (that of a new issue) and {@code Closed}.
   */
  protected abstract IssueTracker tracker();

  /** How many comments there are on an issue. */
  protected abstract int comments(String key);

  @Test
  void tellsItsName() {
    assertThat(tracker().name()).matches("[a-z][a-z0-9-]*");
  }

  @Test
  void createsAnIssueOnceForOneKey() {
    var draft = new IssueDraft("Title", "Text \u65E5\u672C", "Bug", "High", "Ann", null, DUE);
    Issue issue = tracker().create(scope, "PROJ", draft, "key");
    assertThat(issue.project()).isEqualTo("PROJ");
    assertThat(issue.key()).startsWith("PROJ-");
    assertThat(issue.title()).isEqualTo("Title");
    assertThat(issue.description()).isEqualTo("Text \u65E5\u672C");
    assertThat(issue.assignee()).isEqualTo("Ann");
    assertThat(issue.status()).isEqualTo("Open");
    assertThat(issue.due()).isEqualTo(DUE);
    assertThat(issue.url()).isNotBlank();
    assertThat(tracker().get(scope, issue.key())).isEqualTo(issue);
    assertThat(tracker().create(scope, "PROJ", draft, "key")).isEqualTo(issue);
    assertThat(tracker().create(scope, "PROJ", draft, "other key").key()).isNotEqualTo(issue.key());
  }

  @Test
  void leavesOutWhatADraftLeavesOut() {
    Issue issue = tracker().create(scope, "PROJ", draft("Title"), "key");
    assertThat(issue.assignee()).isNull();
    assertThat(issue.due()).isNull();
  }

  @Test
  void changesWhatIsNamedAndNothingElse() {
    var draft = new IssueDraft("Title", "Text", "Bug", "High", "Ann", null, DUE);
    Issue issue = tracker().create(scope, "PROJ", draft, "1");
    var close = new IssueDraft(null, null, null, null, null, "Closed", null);
    Issue closed = tracker().update(scope, issue.key(), close, "Done.", "2");
    assertThat(closed)
        .isEqualTo(
            new Issue(issue.key(), "PROJ", "Title", "Text", "Closed", "Ann", DUE, issue.url()));
    tracker().update(scope, issue.key(), close, "Done.", "2");
    assertThat(comments(issue.key())).isEqualTo(1);
    tracker().update(scope, issue.key(), close, null, "3");
    assertThat(comments(issue.key())).isEqualTo(1);
    assertThat(tracker().get(scope, issue.key())).isEqualTo(closed);
  }

  @Test
  void findsIssuesLastChangedFirst() {
    List<String> keys =
        IntStream.range(0, 25)
            .mapToObj(i -> tracker().create(scope, "PROJ", draft("Printer " + i), "key " + i).key())
            .toList();
    tracker().create(scope, "PROJ", draft("Something else"), "else");
    tracker().update(scope, keys.getFirst(), draft("Printer first"), null, "update");
    List<Issue> found = TestPages.all(cursor -> tracker().search(scope, "PROJ", "printer", cursor));
    assertThat(found).hasSize(25).extracting(Issue::key).startsWith(keys.getFirst(), keys.get(24));
    assertThat(TestPages.all(cursor -> tracker().search(scope, "PROJ", "nothing", cursor)))
        .isEmpty();
  }

  @Test
  void namesWhatIsNotThere() {
    assertThatThrownBy(() -> tracker().get(scope, "PROJ-999")).isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> tracker().update(scope, "PROJ-999", draft("Title"), null, "key"))
        .isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> tracker().create(scope, "NONE", draft("Title"), "key"))
        .isInstanceOf(NotFound.class);
  }

  @Test
  void listsTheKnownNamesForOneThatIsNot() {
    var type = new IssueDraft("Title", null, "Bugg", null, null, null, null);
    assertThatThrownBy(() -> tracker().create(scope, "PROJ", type, "1"))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContainingAll("Bug", "Task");
    var person = new IssueDraft("Title", null, null, null, "Anne", null, null);
    assertThatThrownBy(() -> tracker().create(scope, "PROJ", person, "2"))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("Ann");
    assertThat(TestPages.all(cursor -> tracker().search(scope, "PROJ", "title", cursor))).isEmpty();
  }

  @Test
  void doesNothingForAScopeThatEnded() {
    assertThatThrownBy(
            () -> tracker().create(TestScopes.cancelled(), "PROJ", draft("Title"), "key"))
        .isInstanceOf(Cancelled.class);
    assertThat(TestPages.all(cursor -> tracker().search(scope, "PROJ", "title", cursor))).isEmpty();
  }

  private static IssueDraft draft(String title) {
    return new IssueDraft(title, "Some text", "Task", "Normal", null, null, null);
  }
}
