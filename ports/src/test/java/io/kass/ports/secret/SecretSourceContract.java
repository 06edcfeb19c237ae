package io.kass.ports.secret;

import static io.kass.ports.TestScopes.scope;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kass.ports.TestScopes;
import io.kass.ports.error.KassException.Cancelled;
import io.kass.ports.error.KassException.Misconfigured;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every source of secrets does. */
public abstract class SecretSourceContract {
  private static final String CANARY = "c4n4ry \u65E5\u672C \"{}\"";

  /** A source that has these secrets, by name. */
  protected abstract SecretSource open(Map<String, String> secrets);

  /** A name that the source under test takes. */
  protected String name() {
    return "/chatbot/slack/bot-token";
  }

  @Test
  void findsASecretByItsName() {
    assertThat(open(Map.of(name(), CANARY)).get(scope(), name()).reveal()).isEqualTo(CANARY);
  }

  @Test
  void namesWhatIsMissing() {
    SecretSource source = open(Map.of(name(), CANARY));
    assertThatThrownBy(() -> source.get(scope(), name() + "-2"))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining(name() + "-2");
  }

  @Test
  void showsNoSecretWherePrinted() {
    SecretSource source = open(Map.of(name(), CANARY));
    assertThat(source.get(scope(), name()).toString()).doesNotContain(CANARY);
    assertThat(source.toString()).doesNotContain(CANARY);
    assertThatThrownBy(() -> source.get(scope(), "other")).hasMessageNotContaining(CANARY);
  }

  @Test
  void doesNothingForAScopeThatEnded() {
    SecretSource source = open(Map.of(name(), CANARY));
    assertThatThrownBy(() -> source.get(TestScopes.cancelled(), name()))
        .isInstanceOf(Cancelled.class);
  }
}
