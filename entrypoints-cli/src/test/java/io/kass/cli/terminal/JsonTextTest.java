package io.kass.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kass.ports.Json;
import java.util.LinkedHashMap;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class JsonTextTest {
  @Test
  void writesMembersInTheirOrder() {
    var members = new LinkedHashMap<String, Json>();
    members.put("z", Json.of(1));
    members.put("a", new Json.Array(List.of(new Json.Null(), Json.of(true), Json.of(0.5))));
    members.put("e", new Json.Obj(new LinkedHashMap<>()));

    assertThat(JsonText.of(new Json.Obj(members)))
        .isEqualTo("{\"z\": 1, \"a\": [null, true, 0.5], \"e\": {}}");
  }

  @Test
  void nothingThatControlsATerminalIsWrittenAsItIs() {
    assertThat(JsonText.of(Json.of("\u001b[2J\u009b\u202e\u007f日本\n")))
        .isEqualTo("\"\\u001b[2J\\u009b\\u202e\\u007f日本\\n\"");
  }

  @Property
  void isReadBackAsItWas(@ForAll String text) throws JsonProcessingException {
    assertThat(new ObjectMapper().readTree(JsonText.of(Json.of(text))).asText()).isEqualTo(text);
  }
}
