package io.kass.cli;

import com.google.inject.Guice;
import com.google.inject.Injector;

/** What KASS is made of in this process. */
@FunctionalInterface
interface Composition {
  /** The real parts; made when a command first needs them, since making them takes time. */
  Composition DEFAULT = invocation -> Guice.createInjector(new CliModule(invocation));

  /**
   * Makes an injector with a map of backend factories by name, a {@link
   * io.kass.ports.document.DocumentReader}, a {@link io.kass.ports.chat.ChatModel}, {@link
   * io.kass.core.KassSettings} and {@link UserDocuments}; and a {@link
   * io.kass.ports.backend.Closer} that closes what it made.
   */
  Injector compose(Invocation invocation);
}
