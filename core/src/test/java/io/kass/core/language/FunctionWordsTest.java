package io.kass.core.language;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FunctionWordsTest {
  @Test
  void leavesWhatTheQuestionIsAbout() {
    assertThat(FunctionWords.dropped("How long do we keep the audit logs?").split("\\W+"))
        .containsExactly("", "long", "keep", "audit", "logs");
  }

  @Test
  void leavesIdentifiersWhole() {
    assertThat(FunctionWords.dropped("what is x-the-y, a.b.do or ERR-4021?"))
        .contains("x-the-y", "a.b.do", "ERR-4021");
  }

  @Test
  void abbreviationsAreNoFunctionWords() {
    assertThat(FunctionWords.dropped("who is in IT")).contains("IT").doesNotContain("who");
  }

  @Test
  void theLetterAfterAWordIsItsName() {
    assertThat(FunctionWords.dropped("How much does plan A cost?").strip().split("\\W+"))
        .containsExactly("plan", "A", "cost");
    assertThat(FunctionWords.dropped("Is a plan there? A plan").strip().split("\\W+"))
        .containsExactly("plan", "plan");
  }

  @Test
  void aQuestionOfFunctionWordsStaysWhole() {
    assertThat(FunctionWords.dropped("Who are you?")).isEqualTo("Who are you?");
  }

  @Test
  void otherScriptsAreLeftAlone() {
    String question = "監査ログの保存期間を教えて";
    assertThat(FunctionWords.dropped(question)).isEqualTo(question);
  }

  @Test
  void japaneseWordsWithoutASubjectAreNoContent() {
    assertThat(FunctionWords.isContent("教える")).isFalse();
    assertThat(FunctionWords.isContent("監査")).isTrue();
  }
}
