package io.kass.documents.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kass.documents.TestDocuments;
import io.kass.ports.document.Block;
import io.kass.ports.document.Block.TableRow.Cell;
import io.kass.ports.document.DocumentReader;
import io.kass.ports.document.ReadDocument;
import io.kass.ports.document.Reading;
import io.kass.ports.document.Reading.Cause;
import io.kass.ports.document.SourceType;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HtmlFormatTest {
  private static final DocumentReader READER = TestDocuments.reader();

  @Test
  void readsAWikiPageAsItIsSeen() {
    ReadDocument document =
        read(
            """
            <!DOCTYPE html><html><head><title>Release guide</title>
            <style>p { color: red }</style><script>alert("no")</script></head>
            <body data-secret="no"><nav><a href="/">Home</a></nav>
            <h1>Before a release</h1>
            <p>Tell   the <b>team</b>
            &amp; freeze&nbsp;the branch.</p><p hidden>not seen</p>
            <div style="display: none">nor this</div>
            <ol start="3"><li>Tag it<ul><li>with a date</li></ul></li><li><p>Push it</p></li></ol>
            <img src="data:image/png;base64,AAAA" alt="chart">
            <h2>Commands</h2>
            <pre class="language-bash">git tag  1.0
            git push</pre>
            </body></html>
            """);

    assertThat(document.reading()).isEqualTo(new Reading.Complete(SourceType.TEXT, "text/html"));
    assertThat(document.blocks().stream().map(HtmlFormatTest::shown))
        .containsExactly(
            "Prose: Release guide\n",
            "Heading 1: Before a release",
            "Prose: Tell the team & freeze the branch.\n3. Tag it\n  - with a date\n4. Push it\n",
            "Heading 2: Commands",
            "Code bash: git tag  1.0\ngit push\n");
  }

  @Test
  void readsTablesWithTheNamesOfTheirColumns() {
    ReadDocument document =
        read(
            """
            <html><body><table><caption>営業成績</caption>
            <tr><th rowspan="2">名前</th><th colspan="2">売上</th></tr>
            <tr><th>上期</th><th>下期</th></tr>
            <tr><td rowspan="2">田中</td><td>10</td><td>20</td></tr>
            <tr><td colspan="2">休職<br>中</td></tr>
            </table></body></html>
            """);

    assertThat(document.blocks().getFirst().text()).isEqualTo("営業成績\n");
    assertThat(document.blocks().subList(1, document.blocks().size()))
        .extracting(block -> ((Block.TableRow) block).cells())
        .containsExactly(
            List.of(new Cell("名前", "田中"), new Cell("売上 / 上期", "10"), new Cell("売上 / 下期", "20")),
            List.of(new Cell("名前", "田中"), new Cell("売上 / 上期", "休職\n中")));
  }

  @Test
  void keepsTheLinesOfCode() {
    String page =
        "<html><pre><div class=line>export A=1</div><div class=line>export B=2</div></pre></html>";
    assertThat(read(page).text()).isEqualTo("export A=1\nexport B=2\n");
  }

  @Test
  void anItemWithoutTextLeavesNothingBehind() {
    assertThat(read("<html><ul><li></li></ul><p>After.</p></html>").text()).isEqualTo("After.\n");
  }

  @Test
  void countsFromWhereTheListBegins() {
    assertThat(read("<html><ol start=0><li>zero<li>one</ol></html>").text())
        .isEqualTo("0. zero\n1. one\n");
  }

  @Test
  void readsALayoutTableAsText() {
    assertThat(read("<html><table><tr><td>left</td><td>right</td></tr></table></html>").text())
        .isEqualTo("left | right\n");
  }

  @Tag("D7")
  @ParameterizedTest
  @ValueSource(strings = {"page", "page.txt", "page.docx", "page.md"})
  void knowsAPageByItsBeginning(String name) {
    String page = "<?xml version=\"1.0\"?>\n<!-- saved -->\n<html><body><p>Ask early.</p></html>";

    ReadDocument document = ReadDocument.of(READER, name, page);

    assertThat(document.mediaType()).isEqualTo("text/html");
    assertThat(document.text()).isEqualTo("Ask early.\n");
  }

  @Tag("D13")
  @ParameterizedTest
  @CsvSource({
    "UTF-8, ''",
    "UTF-16LE, ''",
    "windows-31j, <meta charset=shift_jis>",
    "windows-31j, ''",
    "windows-31j, <meta charset=utf-8>",
    "EUC-JP, <meta http-equiv=Content-Type content='text/html; charset=euc-jp'>",
    "UTF-8, <meta charset=shift_jis>"
  })
  void readsTheEncodingThatItIsIn(String charset, String meta) {
    String mark = charset.equals("UTF-16LE") ? "\uFEFF" : "";
    String page = mark + "<html><head>" + meta + "</head><p>休暇の申請は二週間前までに行います。</p>";

    ReadDocument document =
        ReadDocument.of(READER, "a.html", page.getBytes(Charset.forName(charset)));

    assertThat(document.text()).isEqualTo("休暇の申請は二週間前までに行います。\n");
  }

  @Tag("D12")
  @Test
  void fetchesNothing() throws Exception {
    try (var server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
      server.setSoTimeout(1);
      String url = "http://127.0.0.1:" + server.getLocalPort() + "/";
      String page =
          """
          <!DOCTYPE html SYSTEM "%1$sa.dtd" [<!ENTITY x SYSTEM "%1$sb">]><html><head>
          <base href="%1$s"><link rel="stylesheet" href="%1$sc"></head>
          <body><img src="%1$sd"><iframe src="%1$se"></iframe><p>Alone. &x;</p></body></html>
          """
              .formatted(url);

      assertThat(read(page).text()).contains("Alone.");
      assertThatThrownBy(server::accept).isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Tag("D8")
  @Test
  void readsWhatIsNestedWithoutEnd() {
    String deep = "<html>" + "<div>".repeat(100_000) + "deep" + "</div>".repeat(100_000);

    assertThat(read(deep).text()).contains("deep");
    assertThat(read("<html>" + "<table><tr><td>".repeat(5_000) + "within").text())
        .contains("within");
  }

  @Test
  void saysThatNothingIsSeen() {
    assertThat(read("<html><body><script>1</script> &nbsp; </body></html>").cause())
        .isEqualTo(Cause.EMPTY);
  }

  private static String shown(Block block) {
    return switch (block) {
      case Block.Heading heading -> "Heading " + heading.level() + ": " + heading.text();
      case Block.Code code -> "Code " + code.language() + ": " + code.text();
      default -> block.getClass().getSimpleName() + ": " + block.text();
    };
  }

  private static ReadDocument read(String page) {
    return ReadDocument.of(READER, "a.html", page.getBytes(StandardCharsets.UTF_8));
  }
}
