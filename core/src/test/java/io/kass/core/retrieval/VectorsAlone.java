package io.kass.core.retrieval;

import io.kass.ports.index.ChunkIndex;
import io.kass.ports.index.IndexDescription;
import io.kass.ports.index.Legs;
import io.kass.ports.index.SearchMode;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;

/** Indexes that compare vectors and know neither words nor sentences, as Chroma is. */
final class VectorsAlone {
  private VectorsAlone() {}

  /** The same index without all that. */
  static ChunkIndex of(ChunkIndex index) {
    return (ChunkIndex)
        Proxy.newProxyInstance(
            ChunkIndex.class.getClassLoader(),
            new Class<?>[] {ChunkIndex.class},
            (proxy, called, arguments) -> {
              try {
                return reduced(called.invoke(index, arguments));
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static Object reduced(Object result) {
    return switch (result) {
      case Legs legs -> new Legs(legs.vector(), List.of(), List.of());
      case IndexDescription all ->
          new IndexDescription(
              all.id(),
              all.model(),
              all.dimension(),
              all.metric(),
              all.chunker(),
              all.revision(),
              all.chunks(),
              Set.of(SearchMode.VECTOR),
              all.ownIds(),
              all.visibilityDelay(),
              false);
      default -> result;
    };
  }
}
