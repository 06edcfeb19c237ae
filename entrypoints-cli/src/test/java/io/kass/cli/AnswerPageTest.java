package io.kass.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kass.cli.terminal.DisplayWidth;
import io.kass.cli.terminal.Style;
import io.kass.cli.terminal.Wrap;
import io.kass.ports.ContentHash;
import io.kass.ports.assistant.Citation;
import io.kass.ports.document.DocumentId;
import io.kass.ports.document.Locator;
import io.kass.ports.document.Place;
import io.kass.ports.index.ChunkKey;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerPageTest {
  private static final List<Citation> CITATIONS =
      List.of(
          citation(
              1,
              "/home/me/handbook/runbooks/payments-gateway.md",
              new Locator.Lines(14, 15),
              List.of("Payments gateway", "Timeouts"),
              "It gives up on the acquirer after 8 seconds.\nAfter that the order is queued."),
          citation(
              2, "/srv/papers/gateway.pdf", new Locator.Pages(3, 3), List.of(), "Eight seconds."));

  private static final List<Citation> JAPANESE =
      List.of(
          citation(
              1,
              "/home/me/規程/旅費規程.md",
              new Locator.Lines(9, 9),
              List.of("旅費規程", "宿泊費の上限について"),
              "一件で10万円を超えるものは、決済チームのリーダーと経理部の両方の承認が要る。"));

  @Test
  void quotesOnAWideTerminal() {
    assertThat(text(page(100).quotes(CITATIONS)))
        .isEqualTo(
            """
            [1] │ It gives up on the acquirer after 8 seconds. After that the order is queued.
                handbook/runbooks/payments-gateway.md:14-15 · Payments gateway › Timeouts

            [2] │ Eight seconds.
                /srv/papers/gateway.pdf p. 3
            """);
  }

  @Test
  void quotesOnANarrowTerminal() {
    assertThat(text(page(40).quotes(CITATIONS)))
        .isEqualTo(
            """
            [1] │ It gives up on the acquirer after
                │ 8 seconds. After that the order is
                │ queued.
                handbook/runbooks/payments-gateway.md:14-15
                Payments gateway › Timeouts

            [2] │ Eight seconds.
                /srv/papers/gateway.pdf p. 3
            """);
  }

  @Test
  void japaneseQuotesOnANarrowTerminal() {
    List<String> lines = page(40).quotes(JAPANESE);

    assertThat(text(lines))
        .isEqualTo(
            """
            [1] │ 一件で10万円を超えるものは、決済
                │ チームのリーダーと経理部の両方の承
                │ 認が要る。
                規程/旅費規程.md:9
                旅費規程 › 宿泊費の上限について
            """);
    assertThat(lines).allMatch(line -> DisplayWidth.of(line) <= 40);
  }

  @Test
  void quotesInAPipeAreNotBroken() {
    assertThat(text(page(Wrap.UNLIMITED).quotes(JAPANESE)))
        .isEqualTo(
            """
            [1] │ 一件で10万円を超えるものは、決済チームのリーダーと経理部の両方の承認が要る。
                規程/旅費規程.md:9 · 旅費規程 › 宿泊費の上限について
            """);
  }

  @Test
  void sourcesOfAWrittenAnswer() {
    assertThat(text(page(100).sources(CITATIONS)))
        .isEqualTo(
            """
            [1] handbook/runbooks/payments-gateway.md:14-15 · Payments gateway › Timeouts
            [2] /srv/papers/gateway.pdf p. 3
            """);
  }

  @Test
  void whatDocumentsSayCannotControlTheTerminal() {
    var citation =
        citation(
            1,
            "/home/me/a\u001b[31m.md",
            new Locator.Lines(1, 1),
            List.of("\u001b]0;title\u0007"),
            "\u001b[2Jgone \u202Edesrever");

    String shown = text(page(100).quotes(List.of(citation)));

    assertThat(shown).contains("␛[2Jgone desrever", "a␛[31m.md:1", "␛]0;title␇");
    assertThat(shown.codePoints()).allMatch(c -> c == '\n' || !Character.isISOControl(c));
  }

  @Test
  void coloursDimWhatIsNotTheAnswer() {
    var page = new AnswerPage(new References("/home/me/", ZoneOffset.UTC), new Style(true), 100);

    assertThat(page.quotes(CITATIONS).get(1))
        .isEqualTo(
            "    handbook/runbooks/payments-gateway.md:14-15"
                + "\u001b[2m · Payments gateway › Timeouts\u001b[0m");
  }

  private static AnswerPage page(int columns) {
    return new AnswerPage(new References("/home/me/", ZoneOffset.UTC), new Style(false), columns);
  }

  private static String text(List<String> lines) {
    return String.join("\n", lines) + "\n";
  }

  private static Citation citation(
      int number, String document, Locator locator, List<String> headings, String quote) {
    var id = new DocumentId(document);
    return new Citation(
        number,
        ChunkKey.of(id, ContentHash.of(quote), 0),
        id,
        new Place(locator, headings, 0, 1),
        quote);
  }
}
