package io.kass.cli;

import io.kass.cli.Session.Need;
import io.kass.cli.terminal.Printable;
import io.kass.core.users.Held;
import io.kass.core.users.Users;
import io.kass.ports.CallScope;
import io.kass.ports.UserId;
import io.kass.ports.error.KassException.NotFound;
import io.kass.ports.error.KassException.Unavailable;
import java.io.IOException;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Erases all that is held of a user. */
@Command(name = "erase")
final class UsersEraseCommand implements Action {
  @Parameters(arity = "1", paramLabel = "USER")
  private String name = "";

  @Mixin private final Confirmation confirmation = new Confirmation();

  @Override
  public ExitCode run(Invocation invocation) {
    var user = new UserId(name);
    try (Session session = Session.open(invocation, EnumSet.noneOf(Need.class))) {
      CallScope scope = invocation.scope(DocumentsListCommand.ALLOWED);
      Users users = session.kass().users();
      String shown = Printable.line(name);
      Map<String, Long> held = parts(users.held(scope, user), typed(invocation, user));
      if (isNothing(held)) {
        // What a process deleted that was then killed may still be found in the files.
        users.erase(scope, user);
        throw new NotFound("Nothing is held of a user '" + shown + "'.");
      }
      String question = "Erase " + told(held) + " of '" + shown + "' for good?";
      Map<String, Long> erased =
          confirmation.given(invocation, question)
              ? erase(invocation, users, scope, user)
              : parts(new Held(0, 0, 0, 0, 0, 0), 0);
      tell(invocation.output(), erased);
      return ExitCode.FINE;
    }
  }

  private static Map<String, Long> erase(
      Invocation invocation, Users users, CallScope scope, UserId user) {
    long typed = typed(invocation, user);
    if (typed > 0) {
      try {
        ChatHistory.of(invocation).forget();
      } catch (IOException e) {
        throw new Unavailable("What was typed in chats could not be erased: " + e.getMessage(), e);
      }
    }
    return parts(users.erase(scope, user), typed);
  }

  /** How many lines that were typed at this machine's terminals are still there. */
  private static long typed(Invocation invocation, UserId user) {
    return user.equals(Invocation.USER) ? ChatHistory.of(invocation).read().size() : 0;
  }

  /** By their names in JSON. */
  private static Map<String, Long> parts(Held held, long typed) {
    var parts = new LinkedHashMap<String, Long>();
    parts.put("messages", held.messages());
    parts.put("tool_calls", held.toolCalls());
    parts.put("agent_states", held.agentStates());
    parts.put("cached_answers", held.cachedAnswers());
    parts.put("quotas", held.counters());
    parts.put("records", held.records());
    parts.put("typed_lines", typed);
    return parts;
  }

  private static boolean isNothing(Map<String, Long> parts) {
    return parts.values().stream().allMatch(count -> count == 0);
  }

  /** {@code 4 messages, 1 cached answer}. */
  private static String told(Map<String, Long> parts) {
    List<String> told =
        parts.entrySet().stream()
            .filter(part -> part.getValue() > 0)
            .map(part -> {
              String plural = part.getKey().replace('_', ' ');
              return Ingested.count(part.getValue(), plural.substring(0, plural.length() - 1));
            })
            .toList();
    return told.size() < 2
        ? String.join("", told)
        : String.join(", ", told.subList(0, told.size() - 1)) + " and " + told.getLast();
  }

  private void tell(Output output, Map<String, Long> erased) {
    var counts = new Fields();
    erased.forEach((part, count) -> counts.put(part, count.longValue()));
    output.json(new Fields().put("user", name).put("erased", counts.json()).json());
    if (!output.quiet()) {
      output.paragraph(isNothing(erased) ? "Nothing was erased." : "Erased: " + told(erased) + ".");
    }
  }
}
