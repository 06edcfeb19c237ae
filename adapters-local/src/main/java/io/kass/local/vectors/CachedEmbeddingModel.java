package io.kass.local.vectors;

import io.kass.ports.CallScope;
import io.kass.ports.embedding.EmbeddingInfo;
import io.kass.ports.embedding.EmbeddingModel;
import io.kass.ports.embedding.Purpose;
import io.kass.ports.embedding.Vector;
import io.kass.ports.error.KassException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A model that embeds no passage twice, whichever document it stands in, and whatever became of the
 * index that it was embedded for. Questions are not kept. A cache that fails is left alone from
 * then on: it only saves time. Thread-safe as far as both are.
 */
public final class CachedEmbeddingModel implements EmbeddingModel {
  private final EmbeddingModel model;
  private final VectorCache cache;
  private volatile boolean failed;

  public CachedEmbeddingModel(EmbeddingModel model, VectorCache cache) {
    this.model = model;
    this.cache = cache;
  }

  @Override
  public EmbeddingInfo info() {
    return model.info();
  }

  @Override
  public List<Vector> embed(CallScope scope, Purpose purpose, List<String> texts) {
    if (purpose != Purpose.PASSAGE) {
      return model.embed(scope, purpose, texts);
    }
    EmbeddingModel.refuseBlank(texts);
    Map<String, Vector> vectors = new HashMap<>(known(scope, texts));
    Set<String> missing = new LinkedHashSet<>(texts);
    missing.removeAll(vectors.keySet());
    List<String> rest = List.copyOf(missing);
    // Also for nothing: so that a scope that has ended is noticed in one place.
    List<Vector> made = model.embed(scope, purpose, rest);
    Map<String, Vector> fresh = new LinkedHashMap<>();
    for (int i = 0; i < rest.size(); i++) {
      fresh.put(rest.get(i), made.get(i));
    }
    keep(scope, fresh);
    vectors.putAll(fresh);
    List<Vector> all = new ArrayList<>(texts.size());
    texts.forEach(text -> all.add(vectors.get(text)));
    return all;
  }

  private Map<String, Vector> known(CallScope scope, List<String> texts) {
    if (failed || texts.isEmpty()) {
      return Map.of();
    }
    try {
      return cache.get(scope, info().id(), texts);
    } catch (KassException e) {
      failed = true;
      return Map.of();
    }
  }

  private void keep(CallScope scope, Map<String, Vector> vectors) {
    if (failed || vectors.isEmpty()) {
      return;
    }
    try {
      cache.put(scope, info().id(), vectors);
    } catch (KassException e) {
      failed = true;
    }
  }
}
