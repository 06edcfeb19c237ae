package io.kass.cli;

import io.kass.cli.terminal.JsonText;
import io.kass.ports.Json;
import java.util.Map;

/**
 * A JSON document whose one long list is written while it is found, so that it need not fit into
 * memory: {@code {…, "name": [ … ], …}}. Does nothing where no JSON is asked for.
 */
final class JsonList implements AutoCloseable {
  private final Output output;
  private Json.Obj after = new Json.Obj(Map.of());
  private boolean begun;

  /** Begins it with these members, and then the list of this name. */
  JsonList(Output output, Json.Obj before, String name) {
    this.output = output;
    String members = JsonText.of(before);
    String open =
        before.members().isEmpty() ? "{" : members.substring(0, members.length() - 1) + ", ";
    output.jsonPart(open + JsonText.of(Json.of(name)) + ": [");
  }

  /** Adds an item. */
  void add(Json item) {
    if (output.json()) {
      output.jsonPart((begun ? ", " : "") + JsonText.of(item));
      begun = true;
    }
  }

  /** Lets these members follow the list. */
  void after(Json.Obj members) {
    after = members;
  }

  @Override
  public void close() {
    String members = JsonText.of(after);
    output.jsonPart("]" + (after.members().isEmpty() ? "}" : ", " + members.substring(1)) + "\n");
  }
}
