package io.kass.ports.backend;

import io.kass.ports.config.ConfigSection;

/** Makes one kind of backend. */
public interface BackendFactory {
  BackendName name();

  /**
   * Opens a backend. Each call makes one that shares nothing with others. What is slow to open is
   * opened when it is first used.
   *
   * @throws io.kass.ports.error.KassException.Misconfigured when the section does not fit, or what
   *     is there does not fit it
   * @throws io.kass.ports.error.KassException.Rejected when another process holds what it needs
   */
  Backend create(ConfigSection section, BackendContext context);

  /**
   * Gives up the index of a backend, so that one can be built that fits today's settings; nothing
   * else is touched. Does nothing when there is none.
   *
   * @throws io.kass.ports.error.KassException.Rejected when another process holds it
   */
  void discardIndex(ConfigSection section, BackendContext context);
}
