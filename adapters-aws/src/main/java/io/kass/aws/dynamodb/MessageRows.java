package io.kass.aws.dynamodb;

import io.kass.ports.CallScope;
import io.kass.ports.Json;
import io.kass.ports.Metadata;
import io.kass.ports.UserId;
import io.kass.ports.conversation.ConversationId;
import io.kass.ports.conversation.Message;
import io.kass.ports.conversation.Role;
import io.kass.ports.error.KassException.Internal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.enhanced.dynamodb.Key;

/**
 * The items of the table of conversations. Of one conversation: its messages in their order, and a
 * head that tells the last moment. Of one user: an item a conversation. And of each message its
 * key, in sixteen partitions by its first digit, which is the order of scans.
 */
final class MessageRows {
  /** The head's sort key, after all positions, which are hexadecimal digits. */
  static final String HEAD = "head";

  /** After all positions and before the head. */
  static final String END = "g";

  /** The last moment of a conversation, in microseconds. */
  static final String LAST = "last";

  static final String CONVERSATION = "conversation";
  static final String USER = TableShape.INDEX_PARTITION;
  static final String LAST_ACTIVITY = TableShape.INDEX_SORT;
  static final String POSITION = "position";

  /** The position of the message that a key belongs to. */
  static final String PLACE = "place";

  private static final String USERS = "#u#";
  private static final String KEYS = "#k#";
  private static final String CONTENT = "content";
  private static final String METADATA = "metadata";
  private static final String ROLE = "role";
  private static final String CREATED_AT = "created_at";

  private final TableShape shape;
  private final LongTexts texts;

  MessageRows(TableShape shape, LongTexts texts) {
    this.shape = shape;
    this.texts = texts;
  }

  static String partition(ConversationId id) {
    return Keys.of(id.value());
  }

  static String partition(UserId user) {
    return USERS + user.value();
  }

  /** The partition of the keys that begin with this digit. */
  static String partition(char digit) {
    return KEYS + digit;
  }

  static String position(long micros, String key) {
    return Moments.sortable(micros) + "#" + key;
  }

  Row head(ConversationId id) {
    return shape.row(partition(id), HEAD);
  }

  /** What a user's list knows of a conversation. */
  Row member(UserId user, ConversationId id) {
    return shape.row(partition(user), Keys.of(id.value()));
  }

  Key keyItem(String key) {
    return shape.key(partition(key.charAt(0)), key);
  }

  /** The item that leads from a message's key to the message. */
  Row key(Message message, @Nullable Long expires) {
    return expiring(
        shape
            .row(partition(message.key().charAt(0)), message.key())
            .with(CONVERSATION, message.conversation().value())
            .with(USER, message.user().value())
            .with(PLACE, position(Moments.micros(message.at()), message.key())),
        expires);
  }

  /** Where the message is that this key leads to. */
  Key place(Row key) {
    return shape.key(partition(new ConversationId(key.text(CONVERSATION))), key.text(PLACE));
  }

  /** The item of a message; the parts of a long one are written. */
  Row message(CallScope scope, Message message, @Nullable Long expires) {
    Row row =
        shape
            .row(
                partition(message.conversation()),
                position(Moments.micros(message.at()), message.key()))
            .with(USER, message.user().value())
            .with(
                ROLE,
                switch (message.role()) {
                  case USER -> "user";
                  case ASSISTANT -> "assistant";
                });
    if (message.at() != null) {
      row = row.with(CREATED_AT, message.at().toString());
    }
    row = texts.with(scope, row, CONTENT, message.content(), message.key(), expires);
    if (!message.metadata().equals(Metadata.EMPTY)) {
      String metadata = message.metadata().canonical();
      row = texts.with(scope, row, METADATA, metadata, message.key(), expires);
    }
    return expiring(row, expires);
  }

  /** The same message at another moment. */
  Row at(Row message, long micros) {
    String key = keyOf(message);
    return message
        .with(POSITION, position(micros, key))
        .with(CREATED_AT, Moments.known(micros).toString());
  }

  static String keyOf(Row message) {
    String position = message.text(POSITION);
    return position.substring(position.indexOf('#') + 1);
  }

  static Row expiring(Row row, @Nullable Long expires) {
    return expires == null ? row : row.with(TableShape.TTL, expires);
  }

  /** What an item of a message says. */
  Message read(CallScope scope, Row row) {
    String position = row.text(POSITION);
    String metadata = texts.read(scope, row, METADATA);
    return new Message(
        position.substring(position.indexOf('#') + 1),
        new ConversationId(Keys.name(row.text(shape.partition()))),
        new UserId(row.text(USER)),
        row.text(ROLE).equals("user") ? Role.USER : Role.ASSISTANT,
        Objects.requireNonNullElse(texts.read(scope, row, CONTENT), ""),
        Moments.instant(Moments.micros(position.substring(0, position.indexOf('#')))),
        metadata == null ? Metadata.EMPTY : metadata(metadata));
  }

  private static Metadata metadata(String text) {
    if (Json.parse(text) instanceof Json.Obj(Map<String, Json> values)) {
      return Metadata.of(values);
    }
    throw new Internal("A message's metadata is no JSON object.");
  }

  /** The keys of all items that a message consists of. */
  List<Key> keys(Row message) {
    var keys = new ArrayList<Key>();
    keys.addAll(texts.keys(message, CONTENT));
    keys.addAll(texts.keys(message, METADATA));
    keys.add(keyItem(keyOf(message)));
    keys.add(shape.key(message));
    return keys;
  }
}
