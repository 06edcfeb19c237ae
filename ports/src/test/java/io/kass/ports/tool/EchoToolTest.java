package io.kass.ports.tool;

import static io.kass.ports.TestScopes.scope;
import static org.assertj.core.api.Assertions.assertThat;

import io.kass.ports.Json;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class EchoToolTest {
  @Test
  void tellsWhatIsMissing() {
    var tool = new EchoTool("echo", ToolSpec.Effect.READS);
    var arguments = new ToolArguments("call", new Json.Obj(Map.of()), "key");
    assertThat(tool.call(scope(), arguments)).isInstanceOf(ToolOutcome.Failure.class);
    assertThat(tool.calls()).containsExactly(arguments);
  }

  @Nested
  class Reading extends Echoes {
    Reading() {
      super(ToolSpec.Effect.READS);
    }
  }

  @Nested
  class Acting extends Echoes {
    Acting() {
      super(ToolSpec.Effect.ACTS);
    }
  }

  abstract static class Echoes extends ToolContract {
    private final EchoTool echo;

    Echoes(ToolSpec.Effect effect) {
      echo = new EchoTool("echo", effect);
    }

    @Override
    protected Tool tool() {
      return echo;
    }

    @Override
    protected Json.Obj arguments() {
      return EchoTool.arguments("hello");
    }

    @Override
    protected int effects() {
      return echo.said().size();
    }
  }
}
