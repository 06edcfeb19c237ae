package io.kass.local.chroma;

import static io.kass.local.chroma.ChromaConfig.encoded;

/** The versions of the server's API: the same operations in other places. */
enum ChromaApi {
  /** Of servers up to 0.5. Refused with 410 from 1.0 on. */
  V1 {
    @Override
    String collections(ChromaConfig config) {
      return "/api/v1/collections" + scope(config);
    }

    @Override
    String collection(ChromaConfig config, String name) {
      return "/api/v1/collections/" + encoded(name) + scope(config);
    }

    @Override
    String operation(ChromaConfig config, String collectionId, String operation) {
      return "/api/v1/collections/" + encoded(collectionId) + "/" + operation;
    }

    @Override
    String tenant(ChromaConfig config) {
      return "/api/v1/tenants/" + encoded(config.tenant());
    }

    @Override
    String database(ChromaConfig config) {
      return "/api/v1/databases/"
          + encoded(config.database())
          + "?tenant="
          + encoded(config.tenant());
    }

    private static String scope(ChromaConfig config) {
      return "?tenant=" + encoded(config.tenant()) + "&database=" + encoded(config.database());
    }
  },
  /** Of servers from 0.6 on. */
  V2 {
    @Override
    String collections(ChromaConfig config) {
      return database(config) + "/collections";
    }

    @Override
    String collection(ChromaConfig config, String name) {
      return collections(config) + "/" + encoded(name);
    }

    @Override
    String operation(ChromaConfig config, String collectionId, String operation) {
      return collection(config, collectionId) + "/" + operation;
    }

    @Override
    String tenant(ChromaConfig config) {
      return "/api/v2/tenants/" + encoded(config.tenant());
    }

    @Override
    String database(ChromaConfig config) {
      return tenant(config) + "/databases/" + encoded(config.database());
    }
  };

  /** All collections of the database. */
  abstract String collections(ChromaConfig config);

  /** A collection by its name. */
  abstract String collection(ChromaConfig config, String name);

  /** What is done with the records of a collection. */
  abstract String operation(ChromaConfig config, String collectionId, String operation);

  abstract String tenant(ChromaConfig config);

  abstract String database(ChromaConfig config);

  /** Answers when the server knows this version. */
  String heartbeat() {
    return root() + "/heartbeat";
  }

  /** Tells how many records a write may have. */
  String preFlightChecks() {
    return root() + "/pre-flight-checks";
  }

  /** Tells the server's release. */
  String version() {
    return root() + "/version";
  }

  /** Its name. */
  String word() {
    return this == V1 ? "v1" : "v2";
  }

  private String root() {
    return this == V1 ? "/api/v1" : "/api/v2";
  }
}
