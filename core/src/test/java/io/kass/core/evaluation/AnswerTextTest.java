package io.kass.core.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          It gives up after 8 seconds.      | 8 Seconds
          the "Ledger   Archive", finally   | ledger archive
          承認は５秒以内に返す。            | 5秒以内
          決済チームの リーダーと経理部     | 決済チームのリーダーと経理部
          株式会社「ジェイ・キャスト」      | 株式会社ジェイ・キャスト
          ＡＰＩを呼ぶ                      | api
          INSTALL                           | install
          costs €20                         | €20
          It holds 1,000 users.             | 1000
          Version 2.5 is out                | 2.5
          the limit is 40GB                 | 40
          五日で5件                         | 5
          """)
  void findsTheAnswerWhateverItsDress(String text, String answer) {
    assertThat(AnswerText.contains(text, answer)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          after 8 minutes | 8 seconds
          the art he saw  | heart
          half a page     | ...
          nothing         | ''
          takes 15 days   | 5 days
          takes 1.5 days  | 5 days
          takes 5.1 days  | 5
          the sixty books | six
          an answer       | e
          500             | 50
          12,345          | 345
          """)
  void doesNotFindWhatIsNotThere(String text, String answer) {
    assertThat(AnswerText.contains(text, answer)).isFalse();
  }

  @Test
  void keepsWordsApart() {
    assertThat(AnswerText.normalised("on-call:\n 10 minutes")).isEqualTo("on call 10 minutes");
  }

  @Property
  void everyTextContainsItself(@ForAll String text) {
    assertThat(AnswerText.contains(text, text + "!"))
        .isEqualTo(!AnswerText.normalised(text).isEmpty());
  }
}
