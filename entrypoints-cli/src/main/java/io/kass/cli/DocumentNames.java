package io.kass.cli;

import io.kass.ports.document.DocumentId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How many documents have a name: their id, or the end of its path. */
final class DocumentNames {
  private final Map<String, Integer> counts = new HashMap<>();

  DocumentNames(List<DocumentId> documents) {
    for (DocumentId document : documents) {
      String id = document.value();
      counts.merge(id, 1, Integer::sum);
      for (int i = id.indexOf('/'); i >= 0; i = id.indexOf('/', i + 1)) {
        counts.merge(id.substring(i + 1), 1, Integer::sum);
      }
    }
  }

  int count(String name) {
    return counts.getOrDefault(name, 0);
  }
}
