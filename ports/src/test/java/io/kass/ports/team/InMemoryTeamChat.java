package io.kass.ports.team;

import io.kass.ports.CallScope;
import io.kass.ports.Cursor;
import io.kass.ports.Page;
import io.kass.ports.TestPages;
import io.kass.ports.error.KassException.NotFound;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A team's chat that forgets when the process ends. */
public final class InMemoryTeamChat implements TeamChat {
  private static final int PAGE = 10;

  private final String name;
  private final InstantSource clock;
  private final List<Channel> channels;
  private final List<PostedMessage> messages = new ArrayList<>();
  private final Map<String, PostedMessage> posted = new HashMap<>();

  public InMemoryTeamChat(String name, InstantSource clock, List<Channel> channels) {
    this.name = name;
    this.clock = clock;
    this.channels = List.copyOf(channels);
  }

  /** Someone says something, for tests. */
  public synchronized PostedMessage say(String channelId, String author, Instant at, String text) {
    return keep(channelId, null, author, at, text);
  }

  /** What KASS posted, for tests. */
  public synchronized List<PostedMessage> posted() {
    return messages.stream().filter(posted::containsValue).toList();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<Channel> channels(CallScope scope) {
    scope.cancellation().throwIfCancelled();
    return channels;
  }

  @Override
  public synchronized Page<PostedMessage> messages(
      CallScope scope, String channelId, Instant from, Instant to, Cursor cursor) {
    scope.cancellation().throwIfCancelled();
    requireChannel(channelId);
    List<PostedMessage> found =
        messages.stream()
            .filter(message -> message.channelId().equals(channelId))
            .filter(message -> !message.at().isBefore(from) && message.at().isBefore(to))
            .sorted(Comparator.comparing(PostedMessage::at))
            .toList();
    return TestPages.cut(found, cursor, PAGE);
  }

  @Override
  public synchronized Page<PostedMessage> search(
      CallScope scope, String channelId, String words, Cursor cursor) {
    scope.cancellation().throwIfCancelled();
    if (!channelId.isEmpty()) {
      requireChannel(channelId);
    }
    List<PostedMessage> found =
        messages.stream()
            .filter(message -> channelId.isEmpty() || message.channelId().equals(channelId))
            .filter(message -> Words.allIn(words, message.text()))
            .sorted(Comparator.comparing(PostedMessage::at).reversed())
            .toList();
    return TestPages.cut(found, cursor, PAGE);
  }

  @Override
  public synchronized PostedMessage post(
      CallScope scope,
      String channelId,
      @Nullable String threadId,
      String text,
      String idempotencyKey) {
    scope.cancellation().throwIfCancelled();
    requireChannel(channelId);
    return posted.computeIfAbsent(
        idempotencyKey, key -> keep(channelId, threadId, "kass", clock.instant(), text));
  }

  @Override
  public synchronized PostedMessage openThread(
      CallScope scope, String channelId, String title, String text, String idempotencyKey) {
    return post(scope, channelId, null, title + "\n" + text, idempotencyKey);
  }

  private PostedMessage keep(
      String channelId, @Nullable String threadId, String author, Instant at, String text) {
    String id = "message " + (messages.size() + 1);
    var message = new PostedMessage(id, channelId, threadId, author, at, text, null);
    messages.add(message);
    return message;
  }

  private void requireChannel(String id) {
    if (channels.stream().noneMatch(channel -> channel.id().equals(id))) {
      throw new NotFound("There is no channel '" + id + "' that KASS may read.");
    }
  }
}
