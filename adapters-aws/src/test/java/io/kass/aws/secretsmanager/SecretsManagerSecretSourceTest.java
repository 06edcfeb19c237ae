package io.kass.aws.secretsmanager;

import static io.kass.aws.sdk.WireProxy.PASS;
import static io.kass.ports.TestScopes.scope;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kass.aws.sdk.AwsConnection;
import io.kass.aws.sdk.StandIn;
import io.kass.aws.sdk.WireProxy;
import io.kass.ports.TestClock;
import io.kass.ports.error.KassException.Misconfigured;
import io.kass.ports.error.KassException.Unavailable;
import io.kass.ports.secret.SecretSource;
import io.kass.ports.secret.SecretSourceContract;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

@ExtendWith(StandIn.Extension.class)
class SecretsManagerSecretSourceTest extends SecretSourceContract {
  private static final String NAME = "/chatbot/backlog/api-key";

  private final TestClock clock = new TestClock();
  private final List<AutoCloseable> open = new ArrayList<>();
  private StandIn standIn;
  private SecretsManagerClient service;

  @BeforeEach
  void open(StandIn server) {
    standIn = server;
    AwsConnection aws = server.connect(clock);
    open.add(aws);
    service = aws.client(SecretsManagerClient.builder());
    open.add(service);
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable closeable : open.reversed()) {
      closeable.close();
    }
  }

  @Override
  protected SecretSource open(Map<String, String> secrets) {
    secrets.forEach(
        (name, value) -> service.createSecret(request -> request.name(name).secretString(value)));
    return through(standIn.endpoint());
  }

  private SecretSource through(URI endpoint) {
    AwsConnection aws = StandIn.connect(endpoint, clock);
    open.add(aws);
    var source = new SecretsManagerSecretSource(aws, SecretsManagerConfig.DEFAULTS);
    open.add(source);
    return source;
  }

  @Test
  void readsAMemberOfAJsonObject() {
    SecretSource source =
        open(Map.of(NAME, "{\"api_key\": \"k3y\", \"space_url\": \"https://x\", \"n\": 1}"));
    assertThat(source.get(scope(), NAME + "#api_key").reveal()).isEqualTo("k3y");
    assertThat(source.get(scope(), NAME + "#space_url").reveal()).isEqualTo("https://x");
    for (String bad : List.of("#n", "#other", "#")) {
      assertThatThrownBy(() -> source.get(scope(), NAME + bad))
          .isInstanceOf(Misconfigured.class)
          .hasMessageContaining(NAME)
          .hasMessageNotContaining("k3y");
    }
  }

  @Test
  void saysThatTextIsNoJsonWithoutShowingIt() {
    SecretSource source = open(Map.of(NAME, "c4n4ry"));
    assertThatThrownBy(() -> source.get(scope(), NAME + "#api_key"))
        .isInstanceOf(Misconfigured.class)
        .hasMessageNotContaining("c4n4ry")
        .hasNoCause();
  }

  @Test
  void seesARotationAfterAWhile() {
    SecretSource source = open(Map.of(NAME, "old"));
    assertThat(source.get(scope(), NAME).reveal()).isEqualTo("old");
    service.putSecretValue(request -> request.secretId(NAME).secretString("new"));
    clock.advance(Duration.ofSeconds(299));
    assertThat(source.get(scope(), NAME).reveal()).isEqualTo("old");
    clock.advance(Duration.ofSeconds(1));
    assertThat(source.get(scope(), NAME).reveal()).isEqualTo("new");
  }

  @Test
  void goesOnWithWhatItKnowsWhileTheServiceIsDown() {
    open(Map.of(NAME, "value"));
    var down = new AtomicBoolean();
    try (var proxy =
        new WireProxy(
            standIn.endpoint(),
            request -> down.get() ? WireProxy.error(500, "InternalServiceError", "down") : PASS)) {
      SecretSource source = through(proxy.endpoint());
      assertThat(source.get(scope(), NAME).reveal()).isEqualTo("value");
      down.set(true);
      clock.advance(Duration.ofMinutes(59));
      assertThat(source.get(scope(), NAME).reveal()).isEqualTo("value");
      clock.advance(Duration.ofMinutes(1));
      assertThatThrownBy(() -> source.get(scope(), NAME)).isInstanceOf(Unavailable.class);
      down.set(false);
      assertThat(source.get(scope(), NAME).reveal()).isEqualTo("value");
      int asked = proxy.operations().size();
      source.get(scope(), NAME);
      assertThat(proxy.operations()).hasSize(asked);
    }
  }

  @Test
  void saysWhatIsWrongWithASecret() {
    SecretSource source = open(Map.of(NAME, "value"));
    service.deleteSecret(request -> request.secretId(NAME).recoveryWindowInDays(7L));
    assertThatThrownBy(() -> source.get(scope(), NAME))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining("deletion");
    service.createSecret(
        request -> request.name("bytes").secretBinary(SdkBytes.fromUtf8String("value")));
    assertThatThrownBy(() -> source.get(scope(), "bytes"))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining("text");
  }
}
