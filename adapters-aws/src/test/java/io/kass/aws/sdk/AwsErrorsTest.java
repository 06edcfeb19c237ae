package io.kass.aws.sdk;

import static io.kass.ports.TestScopes.scope;
import static org.assertj.core.api.Assertions.assertThat;

import io.kass.ports.TestScopes;
import io.kass.ports.error.KassException;
import io.kass.ports.error.KassException.Cancelled;
import io.kass.ports.error.KassException.Internal;
import io.kass.ports.error.KassException.Misconfigured;
import io.kass.ports.error.KassException.Throttled;
import io.kass.ports.error.KassException.Unavailable;
import java.net.ConnectException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/** What comes of failures that no server answers with, or that no stand-in can be made to give. */
class AwsErrorsTest {
  private static final AwsResource TABLE =
      new AwsResource("The DynamoDB table 'notes'", "Create it.");

  @Test
  void tellsWhatIsMissingOnThisMachine() {
    assertThat(translated("Unable to load region from any of the providers in the chain"))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining("AWS_REGION");
    assertThat(translated("Unable to load credentials from any of the providers in the chain"))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining("AWS_PROFILE");
    assertThat(
            translated(
                "To use Sso related properties in the 'work' profile, the 'sso' service module must"
                    + " be on the class path."))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining("export-credentials");
    assertThat(translated("something else")).isInstanceOf(Internal.class);
  }

  @Test
  void tellsWhoDoesNotAnswer() {
    SdkException refused =
        SdkClientException.create("failed", new ConnectException("Connection refused"));
    assertThat(AwsErrors.translate(scope(), TABLE, "GetItem", refused))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("notes")
        .hasMessageContaining("Connection refused");
    assertThat(AwsErrors.translate(scope(), TABLE, "GetItem", ApiCallTimeoutException.create(500)))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("time allowed");
    assertThat(AwsErrors.translate(TestScopes.cancelled(), TABLE, "GetItem", refused))
        .isInstanceOf(Cancelled.class);
  }

  @Test
  void waitsAsLongAsItIsTold() {
    KassException failure = answered(429, "ThrottlingException", "7");
    assertThat(failure).isInstanceOf(Throttled.class);
    assertThat(((Throttled) failure).retryAfter()).isEqualTo(Duration.ofSeconds(7));
    assertThat(((Throttled) answered(400, "ThrottlingException", "soon")).retryAfter())
        .isEqualTo(Duration.ofSeconds(1));
    assertThat(answered(500, "InternalServerError", "")).isInstanceOf(Unavailable.class);
    assertThat(answered(400, "ValidationException", ""))
        .isInstanceOf(Internal.class)
        .hasMessageContaining("ValidationException");
  }

  private static KassException translated(String message) {
    return AwsErrors.translate(scope(), TABLE, "GetItem", SdkClientException.create(message));
  }

  private static KassException answered(int status, String code, String retryAfter) {
    SdkException e =
        DynamoDbException.builder()
            .statusCode(status)
            .awsErrorDetails(
                AwsErrorDetails.builder()
                    .errorCode(code)
                    .errorMessage("no")
                    .sdkHttpResponse(
                        SdkHttpResponse.builder()
                            .statusCode(status)
                            .putHeader("Retry-After", retryAfter)
                            .build())
                    .build())
            .build();
    return AwsErrors.translate(scope(), TABLE, "GetItem", e);
  }
}
