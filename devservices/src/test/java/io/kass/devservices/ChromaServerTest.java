package io.kass.devservices;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real server, its data kept over a kill. */
class ChromaServerTest {
  @TempDir private Path directory;

  @Test
  void keepsCollectionsOverAKill() throws Exception {
    try (ChromaServer server = ChromaServer.start(Installations.ofUser(), directory, 0)) {
      assertThat(send(server, "POST", "{\"name\": \"notes\"}").statusCode()).isEqualTo(200);
      server.kill();
      assertThat(ProcessHandle.of(server.pid())).isEmpty();
    }
    try (ChromaServer server = ChromaServer.start(Installations.ofUser(), directory, 0)) {
      assertThat(send(server, "GET", "").body()).contains("\"name\":\"notes\"");
    }
  }

  private static HttpResponse<String> send(ChromaServer server, String method, String body)
      throws Exception {
    URI uri =
        URI.create(
            "http://%s:%d/api/v2/tenants/default_tenant/databases/default_database/collections"
                .formatted(server.host(), server.port()));
    var request =
        HttpRequest.newBuilder(uri)
            .timeout(Duration.ofSeconds(20))
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build();
    try (var client = HttpClient.newHttpClient()) {
      return client.send(request, BodyHandlers.ofString());
    }
  }
}
