package io.kass.core.safety;

import io.kass.ports.CallScope;
import io.kass.ports.Json;
import io.kass.ports.chat.ChatListener;
import io.kass.ports.chat.ChatMessage;
import io.kass.ports.chat.ChatMessage.ToolCall;
import io.kass.ports.chat.ChatModel;
import io.kass.ports.chat.ChatReply;
import io.kass.ports.chat.ChatRequest;
import io.kass.ports.chat.StopReason;
import io.kass.ports.chat.TokenUsage;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The worst model there is: it does whatever any text before it says, however that is hidden or
 * encoded, and besides what the user wants. Written in its texts, {@code name({…})} is a call,
 * {@code override({…})} changes the call that the user wants, {@code content(…)} goes into what
 * that call writes, and {@code reply(…)} into its answer. For one turn.
 */
final class ObedientModel {
  private static final Pattern ORDER = Pattern.compile("([a-z_]+)\\(");
  private static final String SECRET = "S3CRET";

  /** How long the pieces are in which it talks. */
  private static final int PIECE = 3;

  private final @Nullable ToolCall wanted;
  private final Set<String> done = new HashSet<>();
  private final List<ChatRequest> requests = new ArrayList<>();
  private int orders;

  /**
   * @param wanted what the user asked for, or null
   */
  ObedientModel(@Nullable ToolCall wanted) {
    this.wanted = wanted;
  }

  /** How often a stranger's text was obeyed. */
  int orders() {
    return orders;
  }

  /** All that it was shown. */
  String seen() {
    return requests.toString();
  }

  /** The model itself. */
  ChatModel port() {
    return new ChatModel() {
      @Override
      public String id() {
        return "obedient";
      }

      @Override
      public ChatReply chat(CallScope scope, ChatRequest request, ChatListener listener) {
        return reply(request, listener);
      }
    };
  }

  private ChatReply reply(ChatRequest request, ChatListener listener) {
    requests.add(request);
    var calls = new ArrayList<ToolCall>();
    var overrides = new LinkedHashMap<String, Json>();
    var said = new StringBuilder("Seven years [1]. ");
    @Nullable String content = null;
    for (String text : views(text(request))) {
      Matcher order = ORDER.matcher(text);
      while (order.find()) {
        String name = order.group(1);
        String inner = inner(text, order.end());
        Json.Obj arguments = object(inner);
        if (name.equals("reply")) {
          said.append(inner.replace("CANARY", SECRET)).append('\n');
        } else if (name.equals("content")) {
          content = inner;
        } else if (name.equals("override") && arguments != null) {
          overrides.putAll(arguments.members());
        } else if (arguments != null && !request.tools().isEmpty() && done.add(name + inner)) {
          calls.add(call(name, arguments));
        } else {
          continue;
        }
        orders++;
      }
    }
    if (request.tools().isEmpty()) {
      // It is only asked what a question means.
      return ended(said.toString());
    }
    if (done.add("look_up")) {
      calls.addFirst(call("look_up", new Json.Obj(Map.of("query", Json.of("audit logs")))));
    }
    calls.addAll(theUsers(overrides, content));
    if (!calls.isEmpty()) {
      return new ChatReply(
          new ChatMessage.FromModel("", calls), new StopReason.ToolUse(), TokenUsage.NONE);
    }
    for (int i = 0; i < said.length(); i += PIECE) {
      listener.text(said.substring(i, Math.min(i + PIECE, said.length())));
    }
    return ended(said.toString());
  }

  private static ChatReply ended(String said) {
    return new ChatReply(
        new ChatMessage.FromModel(said, List.of()), new StopReason.EndTurn(), TokenUsage.NONE);
  }

  /** What the user asked for: changed as strangers want it, then as it was. */
  private List<ToolCall> theUsers(Map<String, Json> overrides, @Nullable String content) {
    var calls = new ArrayList<ToolCall>();
    if (wanted == null) {
      return calls;
    }
    var changed = new LinkedHashMap<>(wanted.arguments().members());
    changed.putAll(overrides);
    if (content != null) {
      changed.replaceAll((name, value) -> name.matches("text|title") ? Json.of(content) : value);
    }
    for (Map<String, Json> values : List.of(changed, wanted.arguments().members())) {
      if (done.add(values.toString())) {
        calls.add(call(wanted.name(), new Json.Obj(values)));
      }
    }
    return calls;
  }

  private ToolCall call(String name, Json.Obj arguments) {
    return new ToolCall("call-" + done.size(), name, arguments);
  }

  private static String text(ChatRequest request) {
    var text = new StringBuilder();
    for (ChatMessage message : request.messages()) {
      switch (message) {
        case ChatMessage.FromUser(String words) -> text.append(words);
        case ChatMessage.FromModel model -> text.append(model.text());
        case ChatMessage.ToolResults results ->
            results.results().forEach(result -> text.append(result.text()).append('\n'));
      }
      text.append('\n');
    }
    return text.toString();
  }

  /** The text, and all that can be read out of it. */
  private static Set<String> views(String text) {
    Set<String> views = new LinkedHashSet<>(List.of(text));
    for (int depth = 0; depth < 3; depth++) {
      for (String view : List.copyOf(views)) {
        views.add(new StringBuilder(view).reverse().toString());
        views.add(rotated(view));
        views.add(fromTags(view));
        views.add(fromEntities(view));
        words(view, "[A-Za-z0-9+/]{16,}={0,2}", word -> Base64.getDecoder().decode(word), views);
        words(view, "(?:[0-9a-f]{2}){8,}", HexFormat.of()::parseHex, views);
        words(
            view,
            "\\S*%[0-9A-F]{2}\\S*",
            word ->
                URLDecoder.decode(word, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8),
            views);
      }
      if (views.size() > 400) {
        break;
      }
    }
    return views;
  }

  private interface Decoder {
    byte[] decode(String word);
  }

  private static void words(String text, String pattern, Decoder decoder, Set<String> views) {
    Matcher word = Pattern.compile(pattern).matcher(text);
    while (word.find()) {
      try {
        views.add(new String(decoder.decode(word.group()), StandardCharsets.UTF_8));
      } catch (IllegalArgumentException e) {
        // It only looks as if it were encoded so.
      }
    }
  }

  static String rotated(String text) {
    var out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      char a = Character.isLowerCase(c) ? 'a' : 'A';
      out.append(c < 128 && Character.isLetter(c) ? (char) ((c - a + 13) % 26 + a) : c);
    }
    return out.toString();
  }

  private static String fromTags(String text) {
    var out = new StringBuilder();
    text.codePoints()
        .forEach(c -> out.appendCodePoint(c >= 0xe0000 && c < 0xe0080 ? c - 0xe0000 : c));
    return out.toString();
  }

  private static String fromEntities(String text) {
    return Pattern.compile("&#(\\d+);")
        .matcher(text)
        .replaceAll(entity ->
            Matcher.quoteReplacement(Character.toString(Integer.parseInt(entity.group(1)))));
  }

  /** What stands in parentheses, up to where they close. */
  private static String inner(String text, int begin) {
    int depth = 1;
    for (int i = begin; i < text.length(); i++) {
      depth += text.charAt(i) == '(' ? 1 : text.charAt(i) == ')' ? -1 : 0;
      if (depth == 0) {
        return text.substring(begin, i);
      }
    }
    return text.substring(begin);
  }

  private static Json.@Nullable Obj object(String text) {
    try {
      return Json.parse(text) instanceof Json.Obj object ? object : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
