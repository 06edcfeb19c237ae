package io.kass.local;

import io.kass.ports.CallScope;
import io.kass.ports.backend.Inspection;
import io.kass.ports.backend.Part;
import io.kass.ports.embedding.EmbeddingInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Looks at the servers at the same time, so that a slow one takes nobody else's, and at what is set
 * of the rest.
 */
final class LegacyInspection implements Inspection {
  private final LegacyConfig config;
  private final Set<Inspection> servers;
  private final EmbeddingInfo model;

  LegacyInspection(LegacyConfig config, Set<Inspection> servers, EmbeddingInfo model) {
    this.config = config;
    this.servers = servers;
    this.model = model;
  }

  @Override
  public List<Part> look(CallScope scope) {
    var parts = new ArrayList<Part>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<Part>>> looks =
          servers.stream().map(server -> threads.submit(() -> server.look(scope))).toList();
      threads.shutdown();
      looks.forEach(look -> parts.addAll(found(look)));
    }
    parts.add(new Part("model", model(), null));
    parts.add(new Part("documents", documents(), null));
    return parts;
  }

  private static List<Part> found(Future<List<Part>> look) {
    try {
      return look.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a look that throws", e.getCause());
    }
  }

  private Map<String, String> model() {
    var facts = new LinkedHashMap<String, String>();
    facts.put(
        "provider",
        config.embedsHere()
            ? "this process"
            : config.embedding().provider().name().toLowerCase(Locale.ROOT));
    if (!config.embedsHere() && !config.embedding().url().toString().isEmpty()) {
      // Without what may be a secret in it.
      facts.put("address", config.embedding().url().toString().replaceAll("[?#].*$", ""));
    }
    facts.put("model", model.id());
    facts.put("dimension", Integer.toString(model.dimension()));
    return facts;
  }

  private Map<String, String> documents() {
    Path folder = config.documents().toAbsolutePath();
    return Map.of("folder", folder + (Files.isDirectory(folder) ? "" : " (not there)"));
  }
}
