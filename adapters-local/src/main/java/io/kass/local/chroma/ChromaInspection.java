package io.kass.local.chroma;

import io.kass.ports.CallScope;
import io.kass.ports.backend.Inspection;
import io.kass.ports.backend.Part;
import io.kass.ports.error.KassException;
import io.kass.ports.error.KassException.NotFound;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Looks at the server and the collection, as far as they can be reached. */
final class ChromaInspection implements Inspection {
  private final ChromaConfig config;
  private final ChromaClient client;
  private final ChromaConnection connection;

  ChromaInspection(ChromaConfig config, ChromaClient client, ChromaConnection connection) {
    this.config = config;
    this.client = client;
    this.connection = connection;
  }

  @Override
  public List<Part> look(CallScope scope) {
    var facts = new LinkedHashMap<String, String>();
    facts.put("address", config.address());
    try {
      look(scope, facts);
      return List.of(new Part("chroma", facts, null));
    } catch (NotFound e) {
      connection.forget();
      return List.of(new Part("chroma", facts, e));
    } catch (KassException e) {
      return List.of(new Part("chroma", facts, e));
    }
  }

  private void look(CallScope scope, Map<String, String> facts) {
    ChromaApi api = client.api(scope);
    facts.put("version", client.version(scope, api));
    facts.put("api", api.word());
    facts.put("tenant", config.tenant());
    facts.put("database", config.database());
    facts.put("collection", config.collection());
    ChromaCollection found = client.find(scope, api);
    if (found != null) {
      facts.put("records", Long.toString(client.count(scope, found)));
      facts.put(
          "dimension", found.dimension() == 0 ? "none yet" : Integer.toString(found.dimension()));
      facts.put("distance", found.space().word());
    }
    // Last, since it refuses what does not fit.
    connection.find(scope);
  }
}
