package io.kass.local.chat;

import io.kass.local.chat.FakeChatServer.Request;
import io.kass.local.http.Members;
import io.kass.ports.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What OpenAI's API reference asks of a request to {@code POST /chat/completions}, as far as KASS
 * uses it.
 */
final class OpenAiRules {
  private static final Set<String> KNOWN =
      Set.of(
          "model",
          "messages",
          "tools",
          "max_tokens",
          "max_completion_tokens",
          "temperature",
          "stream",
          "stream_options");

  private final List<String> violations = new ArrayList<>();

  private OpenAiRules() {}

  /** What is wrong with a request. */
  static List<String> violations(Request request) {
    var protocol = new OpenAiRules();
    protocol.check(request);
    return protocol.violations;
  }

  private void check(Request request) {
    require(request.head().startsWith("POST /"), "is a POST");
    require(request.head().contains("/chat/completions"), "goes to /chat/completions");
    require("application/json".equals(request.headers().get("content-type")), "says it is JSON");
    require(request.headers().get("upgrade") == null, "asks for no other protocol");
    if (!(Json.parse(request.body()) instanceof Json.Obj body)) {
      violations.add("the body is an object");
      return;
    }
    require(KNOWN.containsAll(body.members().keySet()), "has known members: " + body.members());
    require(!Members.text(body, "model").isBlank(), "names a model");
    require(new Json.Bool(true).equals(body.get("stream")), "asks for a stream");
    Json temperature = body.get("temperature");
    require(
        temperature == null || (temperature instanceof Json.Real(double t) && t >= 0 && t <= 2),
        "has a temperature from 0 to 2");
    checkTools(Members.items(body, "tools"));
    checkMessages(Members.items(body, "messages"));
  }

  private void checkTools(List<Json> tools) {
    for (Json tool : tools) {
      require(Members.text(tool, "type").equals("function"), "tools are functions");
      require(
          Members.text(tool, "function", "name").matches("[A-Za-z0-9_-]{1,64}"),
          "functions have names");
      require(
          Members.at(tool, "function", "parameters") instanceof Json.Obj,
          "parameters are a schema");
    }
  }

  private void checkMessages(List<Json> messages) {
    require(!messages.isEmpty(), "has messages");
    var open = new HashSet<String>();
    for (Json message : messages) {
      String role = Members.text(message, "role");
      require(Members.at(message, "content") instanceof Json.Text, "content is a text");
      switch (role) {
        case "system", "user" -> require(open.isEmpty(), "every call has its result first");
        case "assistant" -> {
          require(open.isEmpty(), "every call has its result first");
          Members.items(message, "tool_calls").forEach(call -> open.add(checkedCall(call)));
        }
        case "tool" ->
            require(open.remove(Members.text(message, "tool_call_id")), "results follow calls");
        default -> violations.add("the role is known: " + role);
      }
    }
    require(open.isEmpty(), "every call has its result");
  }

  private String checkedCall(Json call) {
    require(Members.text(call, "type").equals("function"), "calls are of functions");
    require(!Members.text(call, "function", "name").isEmpty(), "calls name a function");
    require(
        Json.parse(Members.text(call, "function", "arguments")) instanceof Json.Obj,
        "arguments are the text of an object");
    return Members.text(call, "id");
  }

  private void require(boolean holds, String rule) {
    if (!holds) {
      violations.add(rule);
    }
  }
}
