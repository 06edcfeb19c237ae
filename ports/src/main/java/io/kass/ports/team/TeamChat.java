package io.kass.ports.team;

import io.kass.ports.CallScope;
import io.kass.ports.Cursor;
import io.kass.ports.Page;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A chat service of a team, such as Discord or Slack. Thread-safe. A channel that KASS may not
 * read, or that is not there, is {@link io.kass.ports.error.KassException.NotFound}.
 */
public interface TeamChat {
  /** Its name in configuration and tools, such as {@code discord}. */
  String name();

  /** The channels that KASS may read. */
  List<Channel> channels(CallScope scope);

  /**
   * Messages of a channel, oldest first.
   *
   * @param from the earliest, included
   * @param to the latest, excluded
   */
  Page<PostedMessage> messages(
      CallScope scope, String channelId, Instant from, Instant to, Cursor cursor);

  /** Messages that contain these words, newest first; an empty channel id means all channels. */
  Page<PostedMessage> search(CallScope scope, String channelId, String words, Cursor cursor);

  /**
   * Posts a message; mentions in it notify nobody.
   *
   * @param threadId the thread to answer in, or null
   * @param idempotencyKey the same for every try, so that it is posted once
   */
  PostedMessage post(
      CallScope scope,
      String channelId,
      @Nullable String threadId,
      String text,
      String idempotencyKey);

  /** Opens a thread with a first message; its id can be posted to. */
  PostedMessage openThread(
      CallScope scope, String channelId, String title, String text, String idempotencyKey);

  /** A channel. */
  record Channel(String id, String name) {}

  /**
   * A message as the service holds it.
   *
   * @param url where a person can open it, or null
   */
  record PostedMessage(
      String id,
      String channelId,
      @Nullable String threadId,
      String author,
      Instant at,
      String text,
      @Nullable String url) {}
}
