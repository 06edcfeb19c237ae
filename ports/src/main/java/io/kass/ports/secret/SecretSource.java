package io.kass.ports.secret;

import io.kass.ports.CallScope;

/** Finds secrets by name. Thread-safe. */
public interface SecretSource {
  /**
   * The current value of a secret.
   *
   * @throws io.kass.ports.error.KassException.Misconfigured when there is none of that name; the
   *     message tells where it was looked for
   */
  Secret get(CallScope scope, String name);
}
