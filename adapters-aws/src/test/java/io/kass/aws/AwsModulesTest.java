package io.kass.aws;

import static io.kass.ports.TestScopes.scope;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Injector;
import io.kass.aws.dynamodb.DynamoDbConfig;
import io.kass.aws.dynamodb.DynamoDbModule;
import io.kass.aws.s3.S3Config;
import io.kass.aws.s3.S3Module;
import io.kass.aws.sdk.AwsConfig;
import io.kass.aws.sdk.AwsModule;
import io.kass.aws.secretsmanager.SecretsManagerConfig;
import io.kass.aws.secretsmanager.SecretsManagerModule;
import io.kass.ports.backend.Closer;
import io.kass.ports.cache.AnswerCache;
import io.kass.ports.config.ConfigSection;
import io.kass.ports.conversation.ConversationLog;
import io.kass.ports.document.DocumentStore;
import io.kass.ports.error.KassException;
import io.kass.ports.error.KassException.Misconfigured;
import io.kass.ports.ledger.Ledger;
import io.kass.ports.secret.SecretSource;
import io.kass.ports.tool.AgentStates;
import io.kass.ports.tool.ToolLog;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AwsModulesTest {
  @Test
  void bindTheirPortsAndAskNothingBeforeTheFirstUse() throws Exception {
    int unused;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      unused = socket.getLocalPort();
    }
    AwsConfig config =
        new ConfigSection(
                "aws",
                Map.of(
                    "region", "eu-west-1",
                    "endpoint", "http://127.0.0.1:" + unused,
                    "attempts", "1",
                    "connect-timeout", "2s",
                    "timeout", "10s",
                    "retry-delay", "1ms"))
            .over(AwsConfig.DEFAULTS);
    assertThat(config.endpoint()).isEqualTo(URI.create("http://127.0.0.1:" + unused));
    var closer = new Closer();
    Injector injector =
        Guice.createInjector(
            new AwsModule(config),
            new DynamoDbModule(DynamoDbConfig.DEFAULTS),
            new S3Module(S3Config.DEFAULTS),
            new SecretsManagerModule(SecretsManagerConfig.DEFAULTS),
            new AbstractModule() {
              @Override
              protected void configure() {
                binder().requireExplicitBindings();
                binder().disableCircularProxies();
                bind(InstantSource.class).toInstance(InstantSource.system());
                bind(Closer.class).toInstance(closer);
              }
            });
    for (Class<?> port :
        new Class<?>[] {
          ConversationLog.class,
          AnswerCache.class,
          AgentStates.class,
          ToolLog.class,
          DocumentStore.class,
          SecretSource.class
        }) {
      assertThat(injector.getInstance(port).getClass().getPackageName()).startsWith("io.kass.aws");
    }
    Ledger ledger = injector.getInstance(Ledger.class);
    // Whether there are credentials here or not: nobody listens there.
    assertThatThrownBy(() -> ledger.get(scope(), "key")).isInstanceOf(KassException.class);
    closer.close();
  }

  @ParameterizedTest
  @CsvSource({
    "region, Europe!, AWS_REGION",
    "endpoint, localhost, http://localhost:4566",
    "attempts, 0, attempts",
    "timeout, 0s, timeout",
    "connect-timeout, 0s, connect-timeout",
    "retry-delay, 0s, retry-delay",
  })
  void refuseSettingsThatCannotBe(String key, String value, String told) {
    var section = new ConfigSection("aws", Map.of(key, value));
    assertThatThrownBy(() -> section.over(AwsConfig.DEFAULTS))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining(told);
  }

  @ParameterizedTest
  @CsvSource({
    "conversations-table, a",
    "ledger-table, a b c",
  })
  void refuseTablesThatCannotBe(String key, String value) {
    var section = new ConfigSection("dynamodb", Map.of(key, value));
    assertThatThrownBy(() -> section.over(DynamoDbConfig.DEFAULTS))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining(value);
  }

  @ParameterizedTest
  @CsvSource({
    "bucket, Upper, DOCUMENTS_BUCKET",
    "prefix, documents, slash",
    "part-bytes, 1000, 5242880",
  })
  void refuseBucketsThatCannotBe(String key, String value, String told) {
    var section = new ConfigSection("s3", Map.of(key, value));
    assertThatThrownBy(() -> section.over(S3Config.DEFAULTS))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining(told);
  }
}
