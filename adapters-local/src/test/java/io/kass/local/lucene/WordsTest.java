package io.kass.local.lucene;

import static io.kass.ports.index.ChunkBuilder.chunk;
import static org.assertj.core.api.Assertions.assertThat;

import io.kass.ports.Language;
import io.kass.ports.index.ChunkBuilder;
import io.kass.ports.index.Filter;
import io.kass.ports.index.Hit;
import io.kass.ports.index.Legs;
import io.kass.ports.index.Legs.QueryTerm;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What counts as the same word: languages, scripts, identifiers. */
class WordsTest {
  private static final Language GERMAN = new Language("de");
  private static final Language THAI = new Language("th");

  @TempDir private Path temporary;
  private TestIndex index;

  @BeforeEach
  void open() {
    index = TestIndex.open(temporary);
  }

  @AfterEach
  void close() {
    index.close();
  }

  @ParameterizedTest
  @CsvSource({
    "connections, connection",
    "configured the printer, configuring",
    "the manager's office, manager",
    "a café nearby, cafe",
    "RESTART, restart",
    "ｆｕｌｌ ｗｉｄｔｈ ９９, width",
    "order ９９ today, 99",
    "oﬃce ﬁles, office",
  })
  void findsFormsOfAnEnglishWord(String text, String query) {
    index.put(english(text), english("something else"));

    assertThat(index.find(query, Language.ENGLISH)).containsExactly(text);
  }

  @Test
  void prefersTheFormThatWasWritten() {
    index.put(english("policing in town"), english("policies in town"));

    assertThat(index.find("policies", Language.ENGLISH)).startsWith("policies in town");
  }

  @Test
  void questionWordsAreNotSearchedFor() {
    index.put(english("where there is a will there is a way"), english("the printer"));

    assertThat(index.find("Where is the printer?", Language.ENGLISH))
        .containsExactly("the printer");
    assertThat(terms("How do I restart the printer?", Language.ENGLISH))
        .containsExactly("restart", "printer");
  }

  @Test
  void aCapitalLetterIsTheNameOfWhatIsBeforeIt() {
    index.put(
        english("Plan A costs 300 yen a month."),
        english("Plan B is a plan that costs 900 yen. A plan for a year costs more."));

    assertThat(index.find("plan A", Language.ENGLISH)).startsWith("Plan A costs 300 yen a month.");
    assertThat(terms("How much does plan A cost?", Language.ENGLISH))
        .containsExactly("much", "plan", "A", "cost");
    assertThat(index.search("plan A", Language.ENGLISH).keyword())
        .extracting(hit -> hit.terms().size())
        .containsExactly(2, 1);
  }

  @ParameterizedTest
  @CsvSource({
    "東京都に住んでいます, 東京",
    "データベースの接続に失敗した, 接続",
    "関西国際空港へ行く, 空港",
    "サーバーを再起動する, サーバ",
    "ﾌﾟﾘﾝﾀの設定, プリンタ",
    "走った記録, 走る",
    "Kafkaの設定方法, kafka",
    "ＡＢＣ１２３の件, ABC",
  })
  void findsJapaneseWords(String text, String query) {
    index.put(
        chunk("a", text).language(Language.JAPANESE).build(),
        chunk("b", "まったく別の文章").language(Language.JAPANESE).build());

    assertThat(index.find(query, Language.JAPANESE)).containsExactly(text);
  }

  @Test
  void doesNotFindJapaneseWordsAcrossTheirBorders() {
    // 京都 is in 東京都 as characters, but not as a word: it comes after the text that means it.
    index.put(
        chunk("a", "東京都の天気").language(Language.JAPANESE).build(),
        chunk("b", "京都の天気").language(Language.JAPANESE).build());

    assertThat(index.find("京都", Language.JAPANESE)).startsWith("京都の天気");
  }

  @Test
  void japaneseParticlesAndQuestionWordsAreNotSearchedFor() {
    assertThat(terms("プリンタの設定方法を教えてください。", Language.JAPANESE)).containsExactly("プリンタ", "設定", "方法");
  }

  @ParameterizedTest
  @CsvSource({
    "zh, 数据库连接失败, 连接",
    "zh, 我们在北京大学, 北京",
    "ko, 데이터베이스 연결에 실패했습니다, 연결",
    "und, 数据库连接失败, 连接",
  })
  void findsChineseAndKoreanByPairs(String language, String text, String query) {
    index.put(
        chunk("a", text).language(new Language(language)).build(),
        chunk("b", "其他文字 다른 글").language(new Language(language)).build());

    assertThat(index.find(query, new Language(language))).containsExactly(text);
  }

  @Test
  void foldsGermanLetters() {
    index.put(
        chunk("a", "Die Straße wird geprüft").language(GERMAN).build(),
        chunk("b", "Etwas anderes").language(GERMAN).build());

    assertThat(index.find("STRASSE", GERMAN)).containsExactly("Die Straße wird geprüft");
    assertThat(index.find("gepruft", GERMAN)).containsExactly("Die Straße wird geprüft");
  }

  @Test
  void findsWordsOfAScriptWithoutSpaces() {
    index.put(
        chunk("a", "การเชื่อมต่อฐานข้อมูลล้มเหลว").language(THAI).build(),
        chunk("b", "อื่น").language(THAI).build());

    assertThat(index.find("ข้อมูล", THAI)).containsExactly("การเชื่อมต่อฐานข้อมูลล้มเหลว");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ERR-4021",
        "max_connections",
        "com.acme.Foo",
        "p99",
        "C++",
        "/etc/nginx/nginx.conf",
        "v1.2.3",
        "getUserName",
        "mail.dead",
        "user@example.com",
        "#4711",
      })
  void findsIdentifiersInAnyLanguage(String identifier) {
    for (String language : List.of("en", "ja", "de", "zh", "und")) {
      String text = language + ": " + identifier + " を設定 ist wichtig";
      index.put(
          chunk(language, text).language(new Language(language)).build(),
          chunk(language, "err 4022 min_connections com.acme.bar p98 c v1.2.4 get")
              .language(new Language(language))
              .build());
    }

    for (Language query : List.of(Language.ENGLISH, Language.JAPANESE, GERMAN)) {
      assertThat(index.find("What is " + identifier + "?", query).subList(0, 5))
          .as(query.code())
          .allMatch(text -> text.contains(identifier));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "set max_connections to 5, connections",
    "com.acme.Billing fails, billing",
    "call getUserName first, user",
    "see invoice-2024.pdf, invoice",
  })
  void findsPartsOfIdentifiers(String text, String query) {
    index.put(english(text), english("something else"));

    assertThat(index.find(query, Language.ENGLISH)).containsExactly(text);
  }

  @Test
  void ranksTheWholeIdentifierFirst() {
    index.put(
        english("ERR-4022 comes before 4021 in ERR lists of ERR codes"),
        english("seen: ERR-4021 after the update of a server last week, nothing else"));

    assertThat(index.find("ERR-4021", Language.ENGLISH)).first().asString().startsWith("seen");
  }

  @Test
  void findsHeadingsAndFileNamesWithLessWeight() {
    index.put(
        chunk("guides/printer_setup.md", "nothing of the kind").build(),
        chunk("b", "see above").headings("Devices", "Printer").build(),
        english("the printer"),
        english("other"));

    assertThat(index.find("printer", Language.ENGLISH))
        .hasSize(3)
        .startsWith("the printer")
        .doesNotContain("other");
  }

  @Test
  void findsWhatQueryAndTextHaveInCommonAcrossLanguages() {
    index.put(
        chunk("de", "Das Passwort von Grafana steht im Tresor").language(GERMAN).build(),
        chunk("ja", "Grafanaのパスワードは金庫にある").language(Language.JAPANESE).build(),
        chunk("en", "The Grafana password is in the safe").build(),
        chunk("zh", "Grafana的密码在保险箱里").language(Language.CHINESE).build(),
        chunk("other", "nothing in common").build());

    for (String query : List.of("Grafana password", "Grafanaの設定", "Wo ist Grafana?")) {
      for (Language language : List.of(Language.ENGLISH, Language.JAPANESE, GERMAN)) {
        assertThat(index.find(query, language)).as(query + " " + language).hasSize(4);
      }
    }
  }

  @Test
  void stopWordsOfTheQueryAreNotLookedForInOtherLanguages() {
    index.put(
        chunk("de", "so was in den Docs").language(GERMAN).build(),
        chunk("ja", "the where how in of").language(Language.JAPANESE).build());

    assertThat(index.find("What was in the printer?", Language.ENGLISH)).isEmpty();
  }

  @Test
  void findsAJapaneseWordInATextTakenForChinese() {
    index.put(chunk("a", "設定方法一覧").language(Language.CHINESE).build());

    Legs legs = index.search("設定を変える", Language.JAPANESE);

    assertThat(TestIndex.texts(legs.keyword())).containsExactly("設定方法一覧");
    assertThat(legs.terms().get(0).text()).isEqualTo("設定");
    assertThat(legs.keyword().get(0).terms()).contains(0);
  }

  @Test
  void guessesTheAnalysisOfTextsInNoKnownLanguage() {
    index.put(undetermined("configured ports"), undetermined("ポートの設定"), undetermined("端口设置"));

    assertThat(index.find("configuring", Language.ENGLISH)).containsExactly("configured ports");
    assertThat(index.find("設定", Language.JAPANESE)).containsExactly("ポートの設定");
    assertThat(index.find("端口", Language.UNDETERMINED)).containsExactly("端口设置");
  }

  @Test
  void tellsWordsOfTheQueryThatHitsContain() {
    index.put(
        english("restarting printers"),
        chunk("b", "unrelated").headings("Printer").vector(1, 0, 0, 0, 0, 0, 0, 0).build(),
        chunk("c", "Printer neu starten").language(GERMAN).build());

    Legs legs =
        index.search(
            "How to restart a printer: ERR-4021?",
            Language.ENGLISH,
            chunk("x", "x").vector(1, 0, 0, 0, 0, 0, 0, 0).build().vector(),
            10,
            Filter.all());

    assertThat(legs.terms().stream().map(QueryTerm::text))
        .containsExactly("restart", "printer", "err", "4021");
    assertThat(legs.terms().stream().map(QueryTerm::documentFrequency))
        .containsExactly(1L, 2L, 0L, 0L); // in headings counts only where that is more
    assertThat(legs.vector()).extracting(Hit::terms).containsExactly(Set.of(1));
    assertThat(termsOf(legs, "restarting printers")).containsExactlyInAnyOrder(0, 1);
    assertThat(termsOf(legs, "Printer neu starten")).containsExactly(1);
  }

  private static Set<Integer> termsOf(Legs legs, String text) {
    return legs.keyword().stream()
        .filter(hit -> hit.chunk().chunk().passage().equals(text))
        .findFirst()
        .orElseThrow()
        .terms();
  }

  private List<String> terms(String query, Language language) {
    return index.search(query, language).terms().stream().map(QueryTerm::text).toList();
  }

  private static io.kass.ports.index.StoredChunk english(String text) {
    return chunk("document of " + text.hashCode(), text).build();
  }

  private static io.kass.ports.index.StoredChunk undetermined(String text) {
    return ChunkBuilder.chunk("a", text).language(Language.UNDETERMINED).build();
  }
}
