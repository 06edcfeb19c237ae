package io.kass.documents.issue;

import static org.assertj.core.api.Assertions.assertThat;

import io.kass.documents.TestDocuments;
import io.kass.ports.document.Block;
import io.kass.ports.document.DocumentReader;
import io.kass.ports.document.Locator;
import io.kass.ports.document.Place;
import io.kass.ports.document.ReadDocument;
import io.kass.ports.document.SourceType;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class IssueFormatsTest {
  private static final String BACKLOG =
      """
      {"id": 1, "projectId": 1, "issueKey": "BLG-1", "keyId": 1, "issueType": {"id": 2, "name": "Bug"},
       "summary": "ログインできない", "description": "パスワードを変更した後\\n失敗する", "priority": {"id": 3, "name": "高"},
       "status": {"id": 1, "name": "未対応"}, "assignee": {"id": 2, "name": "山田"}, "milestone": [{"name": "v2"}],
       "dueDate": "2025-11-01T00:00:00Z", "created": "2025-10-27T01:00:00Z",
       "comments": [{"id": 7, "content": "再現しました", "changeLog": [], "createdUser": {"name": "Kim"}, "created": "2025-10-28T01:00:00Z"}]}
      """;

  private static final String JIRA =
      """
      {"expand": "names", "startAt": 0, "total": 2, "issues": [
       {"id": "10", "key": "OPS-7", "fields": {"summary": "Disk full", "status": {"name": "Open"}, "labels": ["db", "prod"],
        "description": {"type": "doc", "version": 1, "content": [
          {"type": "paragraph", "content": [{"type": "text", "text": "The disk "}, {"type": "text", "text": "is full.", "marks": [{"type": "strong"}]}]},
          {"type": "bulletList", "content": [{"type": "listItem", "content": [{"type": "paragraph", "content": [{"type": "text", "text": "delete logs"}]}]}]}]},
        "comment": {"comments": [{"author": {"displayName": "Lee"}, "created": "2025-10-27T10:00:00.000+0900",
          "body": {"type": "doc", "content": [{"type": "paragraph", "content": [{"type": "mention", "attrs": {"text": "@Kim"}}, {"type": "text", "text": " done"}]}]}}]}}},
       {"id": "11", "key": "OPS-8", "fields": {"summary": "Old one", "description": "h1. Plain\\ntext"}}]}
      """;

  private final DocumentReader reader = TestDocuments.reader();

  @Test
  void readsIssueOfBacklogWithItsComments() {
    ReadDocument document = read("BLG-1.json", BACKLOG);

    assertThat(document.type()).isEqualTo(SourceType.ISSUE);
    assertThat(fields(document))
        .containsExactly(
            "project=BLG",
            "created_at=2025-10-27T01:00:00Z",
            "Title=BLG-1 ログインできない",
            "Description=パスワードを変更した後\n失敗する",
            "Details=Type: Bug | Status: 未対応 | Priority: 高 | Assignee: 山田 | Milestone: v2"
                + " | Due: 2025-11-01 | Created: 2025-10-27",
            "Comments=Kim (2025-10-28): 再現しました");
    assertThat(document.blocks().getFirst().place())
        .isEqualTo(new Place(new Locator.Part("BLG-1"), List.of("BLG-1 ログインできない"), -1, -1));
  }

  @Tag("D7")
  @Test
  void readsManyIssuesWhateverTheirName() {
    assertThat(fields(read("issues.txt", "[" + BACKLOG + "," + BACKLOG + "]"))).hasSize(12);
    assertThat(fields(read("issues.jsonl", BACKLOG.replace("\n", "") + "\n" + BACKLOG)))
        .hasSize(12);
  }

  @Test
  void readsCommentsOfBacklogAlone() {
    String comments =
        """
        [{"id": 7, "projectId": 1, "content": "再現しました", "changeLog": null, "createdUser": {"name": "Kim"}, "created": "2025-10-28T01:00:00Z"},
         {"id": 8, "projectId": 1, "content": null, "changeLog": [{"field": "status"}], "createdUser": {"name": "Kim"}}]
        """;

    assertThat(fields(read("blg-1.json", comments)))
        .containsExactly("Title=blg-1", "Comments=Kim (2025-10-28): 再現しました");
  }

  @Test
  void readsSearchResultOfJira() {
    assertThat(fields(read("search.json", JIRA)))
        .containsExactly(
            "project=OPS",
            "Title=OPS-7 Disk full",
            "Description=The disk is full.\n- delete logs",
            "Details=Status: Open | Labels: db, prod",
            "Comments=Lee (2025-10-27): @Kim done",
            "project=OPS",
            "Title=OPS-8 Old one",
            "Description=h1. Plain\ntext");
  }

  @Test
  void readsWhatAnIssueOfJiraIsTiedTo() {
    String issue =
        """
        {"key": "OPS-9", "fields": {"summary": "Ship", "duedate": "2026-03-01",
         "description": {"type": "doc", "content": [{"type": "paragraph", "content": [
           {"type": "text", "text": "By "}, {"type": "date", "attrs": {"timestamp": "1582152559000"}}]}]},
         "parent": {"key": "OPS-1", "fields": {"summary": "Plan"}},
         "issuelinks": [
           {"type": {"inward": "is blocked by", "outward": "blocks"}, "outwardIssue": {"key": "OPS-2"}},
           {"type": {"inward": "is blocked by"}, "inwardIssue": {"key": "OPS-3", "fields": {"summary": "Test"}}}],
         "attachment": [{"filename": "plan.xlsx"}]}}
        """;
    assertThat(fields(read("issue.json", issue)))
        .contains(
            "Description=By 2020-02-19",
            "Details=Due: 2026-03-01 | Parent: OPS-1 Plan"
                + " | Links: blocks OPS-2, is blocked by OPS-3 Test | Attachments: plan.xlsx");
  }

  private ReadDocument read(String name, String text) {
    return ReadDocument.of(reader, name, text);
  }

  private static List<String> fields(ReadDocument document) {
    return document.blocks().stream()
        .map(block -> ((Block.Field) block).name() + "=" + block.text())
        .toList();
  }
}
