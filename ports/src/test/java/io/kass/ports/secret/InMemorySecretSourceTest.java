package io.kass.ports.secret;

import java.util.Map;

class InMemorySecretSourceTest extends SecretSourceContract {
  @Override
  protected SecretSource open(Map<String, String> secrets) {
    return new InMemorySecretSource(secrets);
  }
}
