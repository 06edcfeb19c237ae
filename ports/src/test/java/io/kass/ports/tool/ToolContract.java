package io.kass.ports.tool;

import static io.kass.ports.TestScopes.scope;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kass.ports.Json;
import io.kass.ports.TestScopes;
import io.kass.ports.TestThreads;
import io.kass.ports.error.KassException.Cancelled;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every tool does. */
public abstract class ToolContract {
  /** The one tool under test, in a world where a call with {@link #arguments} succeeds. */
  protected abstract Tool tool();

  /** Arguments that fit its schema. */
  protected abstract Json.Obj arguments();

  /** How often it did something to the world; 0 for a tool that only reads. */
  protected abstract int effects();

  @Test
  void describesItself() {
    ToolSpec spec = tool().spec();
    assertThat(spec.description()).isNotBlank();
    assertThat(spec.input().get("type")).isEqualTo(Json.of("object"));
    assertThat(spec.input().get("properties")).isInstanceOf(Json.Obj.class);
    assertThat(spec.input().get("additionalProperties")).isEqualTo(Json.of(false));
    assertThat(tool().spec()).isEqualTo(spec);
  }

  @Test
  void describesEachArgument() {
    if (!(tool().spec().input().get("properties") instanceof Json.Obj properties)) {
      throw new AssertionError("no properties: " + tool().spec());
    }
    assertThat(properties.members().values())
        .allSatisfy(property -> {
          assertThat(property).isInstanceOf(Json.Obj.class);
          assertThat(((Json.Obj) property).get("description")).isInstanceOf(Json.Text.class);
        });
    assertThat(properties.members().keySet()).containsAll(arguments().members().keySet());
  }

  @Test
  void saysWhatCameOfIt() {
    ToolOutcome outcome = tool().call(scope(), call("call", "key"));
    assertThat(outcome).isInstanceOf(ToolOutcome.Success.class);
    assertThat(outcome.text()).isNotBlank();
  }

  @Test
  void actsOnceForOneKeyAndOnlyWhereItSaysSo() {
    ToolOutcome first = tool().call(scope(), call("call", "key"));
    if (tool().spec().effect() == ToolSpec.Effect.READS) {
      assertThat(effects()).isZero();
      return;
    }
    ToolOutcome again = tool().call(scope(), call("call", "key"));
    assertThat(again).isEqualTo(first);
    assertThat(effects()).isEqualTo(1);
    tool().call(scope(), call("call", "other key"));
    assertThat(effects()).isEqualTo(2);
  }

  @Test
  void servesManyAtOnce() {
    List<ToolOutcome> outcomes =
        TestThreads.atOnce(
            4, number -> () -> tool().call(scope(), call("call " + number, "key " + number)));
    assertThat(outcomes).allMatch(outcome -> outcome instanceof ToolOutcome.Success);
  }

  @Test
  void doesNothingForAScopeThatEnded() {
    assertThatThrownBy(() -> tool().call(TestScopes.cancelled(), call("call", "key")))
        .isInstanceOf(Cancelled.class);
    assertThat(effects()).isZero();
  }

  private ToolArguments call(String id, String key) {
    return new ToolArguments(id, arguments(), key);
  }
}
