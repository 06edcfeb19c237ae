package io.kass.core.assistant;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmallTalkTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Hi",
        "hello!",
        "Good morning, KASS",
        "Thanks a lot :)",
        "Thank you very much!",
        "ok, thanks",
        "Hey there, how are you today?",
        "What's up?",
        "Who are you?",
        "What can you do?",
        "Bye",
        "👍",
        "...",
        "こんにちは",
        "おはようございます！",
        "ありがとうございました。",
        "お疲れ様です",
        "はじめまして、よろしくお願いします",
        "ありがとう！またね"
      })
  void greetingsAreSmallTalk(String text) {
    assertThat(SmallTalk.is(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "How long are logs kept?",
        "Hello, how long are logs kept?",
        "Thanks, and for admins?",
        "Good morning report: where is it?",
        "ok so what is the retention?",
        "help",
        "backup",
        "こんにちは、バックアップはいつですか",
        "ログの保存期間は？",
        "お疲れ様会の予定",
        "What can you do with kass?"
      })
  void questionsAreNot(String text) {
    assertThat(SmallTalk.is(text)).isFalse();
  }

  @Test
  void isAnsweredInItsLanguage() {
    assertThat(SmallTalk.reply("hello")).startsWith("Hello.");
    assertThat(SmallTalk.reply("こんにちは")).startsWith("こんにちは");
  }
}
