package io.kass.local.chroma;

import static org.assertj.core.api.Assertions.assertThat;

import io.kass.devservices.ChromaServer;
import io.kass.ports.TestScopes;
import io.kass.ports.backend.Inspection;
import io.kass.ports.backend.InspectionContract;
import io.kass.ports.backend.Part;
import io.kass.ports.error.KassException.Misconfigured;
import io.kass.ports.error.KassException.Unavailable;
import io.kass.ports.ledger.InMemoryLedger;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ChromaExtension.class)
class ChromaInspectionTest extends InspectionContract {
  private final List<AutoCloseable> open = new ArrayList<>();
  private ChromaServer server;
  private TestCollection collection;

  @BeforeEach
  void fill(ChromaServer shared) throws Exception {
    server = shared;
    collection = TestCollection.create(server, "ip");
    open.add(collection);
    collection.add("[\"a\", \"b\"]", "[[1, 0, 0], [0, 1, 0]]", "[\"a\", null]", "[null, null]");
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable closeable : open) {
      closeable.close();
    }
  }

  private Inspection inspection(ChromaConfig config, int dimension) {
    var client = new ChromaClient(config, InstantSource.system());
    open.add(client);
    var wanted = new ChromaConnection.Wanted("voyage-2", dimension, null, "legacy");
    return new ChromaInspection(
        config,
        client,
        new ChromaConnection(config, client, new InMemoryLedger(InstantSource.system()), wanted));
  }

  @Override
  protected Inspection inspection() {
    return inspection(TestCollection.config(server, collection.name(), false), 3);
  }

  @Override
  protected List<String> parts() {
    return List.of("chroma");
  }

  @Override
  protected String secret() {
    return "s3cret";
  }

  @Test
  void tellsWhatTheServerHas() {
    assertThat(look(inspection()).facts())
        .containsEntry("address", "http://127.0.0.1:" + server.port())
        .containsEntry("version", "1.0.0")
        .containsEntry("api", "v2")
        .containsEntry("collection", collection.name())
        .containsEntry("records", "2")
        .containsEntry("dimension", "3")
        .containsEntry("distance", "ip");
  }

  @Test
  void tellsTheSameOfAnOldServer() {
    var old = new ChromaV1(100);
    old.seed("notes", "doc_0", new ChromaV1.Stored("a", Map.of(), List.of(1f, 0f, 0f)));
    var wire = new WireServer(old);
    open.add(wire);

    assertThat(
            look(inspection(TestCollection.config("127.0.0.1", wire.port(), "notes", false), 3))
                .facts())
        .containsEntry("version", "0.4.24")
        .containsEntry("api", "v1")
        .containsEntry("records", "1")
        .containsEntry("dimension", "3")
        .containsEntry("distance", "l2");
  }

  @Test
  void tellsWhatItFoundBesideWhatIsWrong() {
    Part other = look(inspection(TestCollection.config(server, collection.name(), false), 384));
    assertThat(other.facts()).containsEntry("dimension", "3");
    assertThat(other.failure()).isInstanceOf(Misconfigured.class).hasMessageContaining("384");

    Part absent = look(inspection(TestCollection.config(server, "absent", false), 3));
    assertThat(absent.facts()).containsEntry("version", "1.0.0").doesNotContainKey("records");
    assertThat(absent.failure()).isInstanceOf(Misconfigured.class).hasMessageContaining("'absent'");

    Part down = look(inspection(TestCollection.config("127.0.0.1", 1, "absent", false), 3));
    assertThat(down.facts()).containsOnlyKeys("address");
    assertThat(down.failure()).isInstanceOf(Unavailable.class);
  }

  private static Part look(Inspection inspection) {
    return inspection.look(TestScopes.scope()).getFirst();
  }
}
