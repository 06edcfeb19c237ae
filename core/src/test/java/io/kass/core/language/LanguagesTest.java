package io.kass.core.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.kass.ports.Language;
import io.kass.ports.embedding.EmbeddingInfo;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguagesTest {
  private static final EmbeddingInfo ENGLISH_MODEL =
      new EmbeddingInfo("model", 384, 512, Set.of(Language.ENGLISH));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          vacation days                                          | en
          How many vacation days do I have?                      | en
          Kubernetes                                             | en
          the ERR-4021 error                                     | en
          update résumé                                          | en
          de facto standard                                      | en
          What does 残業 mean in our contract?                   | en
          ERR-4021                                               | und
          max_connections=100                                    | und
          12.5 %                                                 | und
          S3 のリージョン                                        | ja
          Kubernetes の deployment strategy とは                 | ja
          有給休暇は何日ありますか                               | ja
          有給休暇 申請                                          | ja
          受注API タイムアウト                                   | ja
          ｴﾗｰｺｰﾄﾞ 4021                                           | ja
          サーバー                                               | ja
          我们有多少天假期？                                     | zh
          错误代码 4021                                          | zh
          휴가는 며칠입니까?                                     | ko
          Wie viele Urlaubstage habe ich?                        | de
          Combien de jours de congé ai-je ?                      | fr
          ¿Cuántos días de vacaciones tengo?                     | es
          Quanti giorni di ferie ho?                             | it
          Quantos dias de férias eu tenho?                       | pt
          Hoeveel vakantiedagen heb ik?                          | nl
          Сколько у меня дней отпуска?                           | ru
          Πόσες ημέρες άδειας έχω;                               | el
          """)
  void tellsTheLanguageOfAQuestion(String question, String code) {
    assertThat(Languages.ofQuestion(question)).isEqualTo(new Language(code));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          The retention period is five years. After that, records are deleted without notice. | en
          Die Aufbewahrungsfrist beträgt fünf Jahre. Danach werden die Daten ohne Hinweis gelöscht. | de
          La durée de conservation est de cinq ans. Ensuite, les données sont supprimées sans préavis. | fr
          El plazo de conservación es de cinco años. Después, los datos se borran sin aviso. | es
          Il periodo di conservazione è di cinque anni. Dopo, i dati vengono cancellati senza avviso. | it
          O prazo de retenção é de cinco anos. Depois, os dados são apagados sem aviso. | pt
          De bewaartermijn is vijf jaar. Daarna worden de gegevens zonder bericht verwijderd. | nl
          注文を受け付けたら、`order.created` というイベントを POST で知らせる。 | ja
          int x = foo(y); while (x > MAX_SIZE) { return -1; } buf[x] = 0; y += 2; z = x * y; q = 0; w = 1; | und
          """)
  void tellsTheLanguageOfAPassage(String passage, String code) {
    assertThat(Languages.detect(passage)).isEqualTo(new Language(code));
  }

  @Test
  void aNameInAnotherScriptDoesNotDecide() {
    String english =
        "The office is close to the station and open every day of the week. ".repeat(3);
    assertThat(Languages.detect(english + "Ask 田中さん.")).isEqualTo(Language.ENGLISH);
  }

  @Test
  void codeInAJapaneseDocumentDoesNotDecide() {
    String text = "次のコマンドを実行する。\n```\nkubectl rollout restart deployment/api-server\n```\n";
    assertThat(Languages.detect(text)).isEqualTo(Language.JAPANESE);
  }

  @Test
  void aLongTextOfIdeographsAloneIsChinese() {
    assertThat(Languages.detect("本公司保留修改本文件之一切權利恕不另行通知".repeat(3))).isEqualTo(Language.CHINESE);
  }

  @Test
  void whatIsUndeterminedMayBeEmbedded() {
    assertThat(Languages.embeddable(Language.UNDETERMINED, ENGLISH_MODEL)).isTrue();
    assertThat(Languages.embeddable(Language.ENGLISH, ENGLISH_MODEL)).isTrue();
    assertThat(Languages.embeddable(Language.JAPANESE, ENGLISH_MODEL)).isFalse();
  }

  @Property
  void everyTextHasALanguageAndTheUndeterminedIsInLatinLetters(@ForAll String text) {
    Language language = Languages.detect(text);
    if (language.equals(Language.UNDETERMINED)) {
      ScriptShares scripts = ScriptShares.of(text);
      assertThat(scripts.latin() * 2).isGreaterThanOrEqualTo(scripts.cyrillic());
      assertThat(scripts.other()).isLessThanOrEqualTo(scripts.latin());
    }
  }

  @Test
  void countsLettersByScript() {
    assertThat(ScriptShares.of("S3 のリージョン, naïve 漢字 한 я א"))
        .isEqualTo(new ScriptShares(6, 1, 5, 2, 1, 1, 1));
  }
}
