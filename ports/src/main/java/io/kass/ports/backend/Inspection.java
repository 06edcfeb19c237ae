package io.kass.ports.backend;

import io.kass.ports.CallScope;
import java.util.List;

/** Looks at what a backend is made of. Thread-safe; changes nothing. */
@FunctionalInterface
public interface Inspection {
  /**
   * Looks at each part, within the scope. What is wrong with a part is told in it, not thrown, so
   * that the others are told too.
   */
  List<Part> look(CallScope scope);

  /** That of a backend that is all in this process: there is nothing apart to look at. */
  static Inspection none() {
    return scope -> List.of();
  }
}
