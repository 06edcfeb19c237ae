package io.kass.cli;

import io.kass.cli.config.DataConfig;
import io.kass.cli.config.KassConfig;
import io.kass.ports.Audience;
import io.kass.ports.CallScope;
import io.kass.ports.Caller;
import io.kass.ports.Cancellation;
import io.kass.ports.UserId;
import io.kass.ports.conversation.ConversationId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;

/**
 * One run of one command: what it may use.
 *
 * @param surroundings what is around the process
 * @param config all settings
 * @param output takes what it says
 * @param cancellation calls it off
 * @param composition what KASS is made of
 */
record Invocation(
    Surroundings surroundings,
    KassConfig config,
    Output output,
    Cancellation cancellation,
    Composition composition) {
  /** Whoever sits at the terminal. */
  static final UserId USER = new UserId("local");

  /** The scope of a call on behalf of whoever sits at the terminal. */
  CallScope scope(Duration allowed) {
    return scope(allowed, cancellation);
  }

  /** The same, called off on its own. */
  CallScope scope(Duration allowed, Cancellation own) {
    return new CallScope(
        new Caller(USER, Audience.EVERYONE),
        surroundings.clock().instant().plus(allowed),
        own,
        newId());
  }

  /** A conversation that there was not yet. */
  ConversationId newConversation() {
    return new ConversationId("cli-" + newId());
  }

  private String newId() {
    byte[] id = new byte[8];
    surroundings.random().nextBytes(id);
    return HexFormat.of().formatHex(id);
  }

  /** The same with another data directory. */
  Invocation with(DataConfig data) {
    return with(config.with(data));
  }

  /** The same with other settings. */
  Invocation with(KassConfig other) {
    return new Invocation(surroundings, other, output, cancellation, composition);
  }

  /** Names documents and places for whoever sits at the terminal. */
  References references() {
    return References.from(workingDirectory(), config.output().zone());
  }

  /** The working directory without links, as the ids of documents are. */
  Path workingDirectory() {
    try {
      return surroundings.directory().toRealPath();
    } catch (IOException e) {
      // It was deleted under our feet: then nothing is below it.
      return surroundings.directory();
    }
  }
}
