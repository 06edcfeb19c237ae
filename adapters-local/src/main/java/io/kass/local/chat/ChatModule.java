package io.kass.local.chat;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.kass.ports.backend.Closer;
import io.kass.ports.chat.ChatModel;
import java.time.InstantSource;

/**
 * Binds {@link ChatModel} to the server that a {@link ChatConfig} names, or to none when it names
 * none. Asks for that, the clock, and the {@link Closer} that closes it.
 */
public final class ChatModule extends AbstractModule {
  @Provides
  @Singleton
  ChatModel chat(ChatConfig config, InstantSource clock, Closer closer) {
    return config.present() ? closer.register(new HttpChatModel(config, clock)) : ChatModel.none();
  }
}
