package io.kass.ports.conversation;

import io.kass.ports.CallScope;
import io.kass.ports.Cursor;
import io.kass.ports.KeyRange;
import io.kass.ports.Page;
import io.kass.ports.UserId;
import io.kass.ports.WriteOutcome;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A conversation log that forgets when the process ends. */
public final class InMemoryConversationLog implements ConversationLog {
  private static final int PAGE = 50;
  private static final Comparator<Message> ORDER =
      Comparator.comparing(InMemoryConversationLog::moment).thenComparing(Message::key);

  private final NavigableMap<String, Message> messages = new TreeMap<>();

  @Override
  public synchronized void append(CallScope scope, Turn turn) {
    scope.cancellation().throwIfCancelled();
    List<Message> pair = turn.messages();
    if (messages.containsKey(pair.getFirst().key())) {
      return;
    }
    Instant at = moment(pair.getFirst());
    Instant last =
        of(turn.conversation())
            .map(InMemoryConversationLog::moment)
            .reduce(Instant.MIN, (a, b) -> b);
    Instant moment = at.isAfter(last) ? at : last.plus(1, ChronoUnit.MICROS);
    pair.forEach(message -> messages.put(message.key(), message.at(moment)));
  }

  @Override
  public synchronized List<Message> last(CallScope scope, ConversationId id, int limit) {
    scope.cancellation().throwIfCancelled();
    List<Message> all = of(id).toList();
    return all.subList(Math.max(0, all.size() - limit), all.size());
  }

  @Override
  public synchronized Page<Message> page(CallScope scope, ConversationId id, Cursor cursor) {
    scope.cancellation().throwIfCancelled();
    return pageOf(
        of(id).filter(message -> isAfter(message, cursor)).toList(),
        InMemoryConversationLog::positionOf);
  }

  @Override
  public synchronized List<ConversationSummary> list(CallScope scope, UserId user, int limit) {
    scope.cancellation().throwIfCancelled();
    var latest = new HashMap<ConversationId, Instant>();
    messages.values().stream()
        .filter(message -> message.user().equals(user))
        .sorted(ORDER)
        .forEach(message -> latest.put(message.conversation(), moment(message)));
    return latest.entrySet().stream()
        .sorted(
            Map.Entry.<ConversationId, Instant>comparingByValue()
                .reversed()
                .thenComparing(entry -> entry.getKey().value()))
        .limit(limit)
        .map(entry -> new ConversationSummary(entry.getKey(), known(entry.getValue())))
        .toList();
  }

  @Override
  public synchronized boolean delete(CallScope scope, ConversationId id) {
    scope.cancellation().throwIfCancelled();
    return messages.values().removeIf(message -> message.conversation().equals(id));
  }

  @Override
  public synchronized long countUser(CallScope scope, UserId user) {
    scope.cancellation().throwIfCancelled();
    return messages.values().stream().filter(message -> message.user().equals(user)).count();
  }

  @Override
  public synchronized long deleteUser(CallScope scope, UserId user) {
    scope.cancellation().throwIfCancelled();
    long before = messages.size();
    Predicate<Message> theirs = message -> message.user().equals(user);
    messages.values().removeIf(theirs);
    return before - messages.size();
  }

  @Override
  public synchronized List<WriteOutcome> put(CallScope scope, List<Message> more) {
    scope.cancellation().throwIfCancelled();
    var outcomes = new ArrayList<WriteOutcome>();
    for (Message message : more) {
      messages.putIfAbsent(message.key(), message);
      outcomes.add(new WriteOutcome.Done(message.key()));
    }
    return outcomes;
  }

  @Override
  public synchronized Page<Message> scan(CallScope scope, KeyRange range, Cursor cursor) {
    scope.cancellation().throwIfCancelled();
    return pageOf(
        messages.tailMap(cursor.token(), cursor.equals(Cursor.START)).values().stream()
            .filter(message -> range.contains(message.key()))
            .toList(),
        Message::key);
  }

  private Stream<Message> of(ConversationId id) {
    return messages.values().stream()
        .filter(message -> message.conversation().equals(id))
        .sorted(ORDER);
  }

  private static Page<Message> pageOf(List<Message> rest, Function<Message, String> token) {
    if (rest.size() <= PAGE) {
      return new Page<>(rest, null);
    }
    List<Message> items = rest.subList(0, PAGE);
    return new Page<>(items, new Cursor(token.apply(items.getLast())));
  }

  /** A mark that stays good when the message itself is gone. */
  private static String positionOf(Message message) {
    return moment(message) + "/" + message.key();
  }

  private static boolean isAfter(Message message, Cursor cursor) {
    if (cursor.equals(Cursor.START)) {
      return true;
    }
    String[] position = cursor.token().split("/", 2);
    int byInstant = moment(message).compareTo(Instant.parse(position[0]));
    return byInstant > 0 || (byInstant == 0 && message.key().compareTo(position[1]) > 0);
  }

  /** When it was said; before all others where that is not known. */
  private static Instant moment(Message message) {
    return message.at() == null ? Instant.MIN : message.at();
  }

  private static @Nullable Instant known(Instant moment) {
    return moment.equals(Instant.MIN) ? null : moment;
  }
}
