package io.kass.devservices;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MotoServerTest {
  private static final String TABLE =
      """
      {"TableName": "notes", "BillingMode": "PAY_PER_REQUEST",
       "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
       "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}]}
      """;

  @TempDir private Path directory;

  @Test
  void keepsItemsUntilItIsToldToForget() throws Exception {
    try (MotoServer server = MotoServer.start(Installations.ofUser(), directory, 0)) {
      assertThat(send(server, "CreateTable", TABLE).statusCode()).isEqualTo(200);
      put(server, "a", "");
      assertThat(
              send(
                      server,
                      "TransactWriteItems",
                      "{\"TransactItems\": [%s, %s]}"
                          .formatted(
                              item("b", ""),
                              item("a", ", \"ConditionExpression\": \"attribute_not_exists(id)\"")))
                  .body())
          .contains("TransactionCanceledException");
      assertThat(send(server, "Scan", "{\"TableName\": \"notes\"}").body())
          .contains("\"Count\": 1");
      server.reset();
      assertThat(send(server, "ListTables", "{}").body()).doesNotContain("notes");
      server.kill();
      assertThat(ProcessHandle.of(server.pid())).isEmpty();
    }
  }

  private static void put(MotoServer server, String id, String condition) throws Exception {
    String request = "{\"TransactItems\": [%s]}".formatted(item(id, condition));
    assertThat(send(server, "TransactWriteItems", request).statusCode()).isEqualTo(200);
  }

  private static String item(String id, String condition) {
    return "{\"Put\": {\"TableName\": \"notes\", \"Item\": {\"id\": {\"S\": \"%s\"}}%s}}"
        .formatted(id, condition);
  }

  private static HttpResponse<String> send(MotoServer server, String operation, String body)
      throws Exception {
    var request =
        HttpRequest.newBuilder(server.endpoint())
            .timeout(Duration.ofSeconds(20))
            .header("X-Amz-Target", "DynamoDB_20120810." + operation)
            .header("Content-Type", "application/x-amz-json-1.0")
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/dynamodb/aws4_request,"
                    + " SignedHeaders=host, Signature=0")
            .POST(BodyPublishers.ofString(body))
            .build();
    try (var client = HttpClient.newHttpClient()) {
      return client.send(request, BodyHandlers.ofString());
    }
  }
}
