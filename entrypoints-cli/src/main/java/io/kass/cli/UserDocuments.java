package io.kass.cli;

import io.kass.ports.document.DocumentStore;

/** Opens the files that a user points at; the ids of documents are their real paths. */
@FunctionalInterface
interface UserDocuments {
  DocumentStore at(Target target);
}
