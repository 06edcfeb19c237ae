package io.kass.documents.chat;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.ProvidesIntoSet;
import io.kass.documents.format.FormatReader;
import java.time.InstantSource;

/** Binds Slack's exports and Discord's. Asks for an {@link InstantSource}. */
public final class ChatModule extends AbstractModule {
  @ProvidesIntoSet
  FormatReader slack(InstantSource clock) {
    return new SlackFormat(clock);
  }

  @ProvidesIntoSet
  FormatReader discord(InstantSource clock) {
    return new DiscordFormat(clock);
  }
}
