package io.kass.ports.document;

import io.kass.ports.TestClock;

class InMemoryDocumentStoreTest extends DocumentStoreContract {
  private final DocumentStore store = new InMemoryDocumentStore(new TestClock());

  @Override
  protected DocumentStore open() {
    return store;
  }
}
