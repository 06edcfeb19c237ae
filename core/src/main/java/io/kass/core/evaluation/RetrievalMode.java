package io.kass.core.evaluation;

import io.kass.ports.index.SearchMode;
import java.util.Locale;
import java.util.Set;

/** A way to search that is compared with others. */
public enum RetrievalMode {
  KEYWORD,
  VECTOR,
  HYBRID;

  /** The legs that it searches. */
  public Set<SearchMode> legs() {
    return switch (this) {
      case KEYWORD -> Set.of(SearchMode.KEYWORD);
      case VECTOR -> Set.of(SearchMode.VECTOR);
      case HYBRID -> Set.of(SearchMode.KEYWORD, SearchMode.VECTOR);
    };
  }

  /** Its name in lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
