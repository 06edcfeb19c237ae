package io.kass.ports.secret;

import io.kass.ports.CallScope;
import io.kass.ports.error.KassException.Misconfigured;
import java.util.Map;

/** Secrets that a test made up. */
public final class InMemorySecretSource implements SecretSource {
  private final Map<String, String> secrets;

  public InMemorySecretSource(Map<String, String> secrets) {
    this.secrets = Map.copyOf(secrets);
  }

  @Override
  public Secret get(CallScope scope, String name) {
    scope.cancellation().throwIfCancelled();
    String value = secrets.get(name);
    if (value == null) {
      throw new Misconfigured("There is no secret '" + name + "' in memory: give the test one.");
    }
    return new Secret(value);
  }
}
