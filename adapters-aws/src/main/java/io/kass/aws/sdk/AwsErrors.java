package io.kass.aws.sdk;

import io.kass.ports.CallScope;
import io.kass.ports.error.KassException;
import io.kass.ports.error.KassException.Cancelled;
import io.kass.ports.error.KassException.Internal;
import io.kass.ports.error.KassException.Misconfigured;
import io.kass.ports.error.KassException.Throttled;
import io.kass.ports.error.KassException.Unavailable;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/** What the SDK's failures mean to whoever has to act. */
final class AwsErrors {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private static final Set<String> THROTTLES =
      Set.of(
          "BandwidthLimitExceeded",
          "LimitExceededException",
          "PriorRequestNotComplete",
          "ProvisionedThroughputExceededException",
          "RequestLimitExceeded",
          "RequestThrottled",
          "RequestThrottledException",
          "SlowDown",
          "ThrottledException",
          "Throttling",
          "ThrottlingException",
          "TooManyRequestsException",
          "TransactionInProgressException");

  private static final Set<String> MISSING =
      Set.of("NoSuchBucket", "ResourceNotFoundException", "TableNotFoundException");

  private static final Set<String> EXPIRED =
      Set.of("ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired");

  private static final Set<String> UNKNOWN_CALLER =
      Set.of(
          "IncompleteSignature",
          "InvalidAccessKeyId",
          "InvalidClientTokenId",
          "InvalidSignatureException",
          "InvalidToken",
          "MissingAuthenticationToken",
          "MissingAuthenticationTokenException",
          "SignatureDoesNotMatch",
          "UnrecognizedClientException");

  private static final Set<String> SKEWED =
      Set.of("RequestExpired", "RequestInTheFuture", "RequestTimeTooSkewed");

  private static final Set<String> ELSEWHERE =
      Set.of(
          "AuthorizationHeaderMalformed",
          "IllegalLocationConstraintException",
          "IncorrectEndpoint",
          "PermanentRedirect",
          "TemporaryRedirect");

  private static final Set<String> DENIED =
      Set.of(
          "AccessDenied",
          "AccessDeniedException",
          "KMS.AccessDeniedException",
          "UnauthorizedAccess");

  private static final Pattern REFUSED_ACTION =
      Pattern.compile("not authorized to perform: (\\S+)(?: on resource: \"?([^\\s\"]+))?");

  private AwsErrors() {}

  /**
   * @param operation the SDK's name of what was asked, such as {@code PutItem}; may be empty
   */
  static KassException translate(
      CallScope scope, AwsResource resource, String operation, SdkException e) {
    if (scope.cancellation().isCancelled()) {
      return new Cancelled("The call was cancelled.", e);
    }
    return switch (e) {
      case ApiCallTimeoutException late -> late(resource, late);
      case ApiCallAttemptTimeoutException late -> late(resource, late);
      case AbortedException aborted -> new Cancelled("The call was interrupted.", aborted);
      case AwsServiceException answered -> answered(resource, operation, answered);
      default -> unanswered(resource, e);
    };
  }

  private static Unavailable late(AwsResource resource, SdkException e) {
    return new Unavailable(
        resource.name() + " did not answer within the time allowed. Try again in a moment.", e);
  }

  private static KassException answered(
      AwsResource resource, String operation, AwsServiceException e) {
    @Nullable AwsErrorDetails details = e.awsErrorDetails();
    String code = details == null || details.errorCode() == null ? "" : details.errorCode();
    String said = details == null || details.errorMessage() == null ? "" : details.errorMessage();
    if (isThrottled(e, code)) {
      return new Throttled(
          resource.name() + " is asked too often at the moment (" + code + ").", retryAfter(e), e);
    } else if (MISSING.contains(code)) {
      return new Misconfigured(resource.name() + " is not there. " + resource.remedy(), e);
    } else if (EXPIRED.contains(code)) {
      return new Misconfigured(
          "The AWS credentials have expired. Get new ones ('aws sso login', or as your account does"
              + " it) and try again.",
          e);
    } else if (SKEWED.contains(code) || said.contains("Signature expired")) {
      return new Misconfigured(
          "AWS refuses the request because this machine's clock is wrong. Set it (NTP) and try"
              + " again.",
          e);
    } else if (DENIED.contains(code)) {
      return denied(resource, operation, said, e);
    } else if (UNKNOWN_CALLER.contains(code)) {
      return new Misconfigured(
          "AWS does not accept the credentials ("
              + code
              + "). Check AWS_PROFILE or AWS_ACCESS_KEY_ID, and that they belong to this account.",
          e);
    } else if (ELSEWHERE.contains(code) || e.statusCode() == 301) {
      return elsewhere(resource, e);
    } else if (e.statusCode() == 403) {
      return denied(resource, operation, said, e);
    } else if (e.statusCode() >= 500 || e.statusCode() == 408) {
      return new Unavailable(
          resource.name() + " cannot answer at the moment (" + e.statusCode() + "). Try again.", e);
    }
    return new Internal(resource.name() + " refuses the request (" + code + "): " + said, e);
  }

  private static boolean isThrottled(AwsServiceException e, String code) {
    // An answer to HEAD has no body that could name its code.
    return e.isThrottlingException()
        || THROTTLES.contains(code)
        || (e.statusCode() == 503 && code.isEmpty());
  }

  private static Misconfigured elsewhere(AwsResource resource, AwsServiceException e) {
    String region =
        e.awsErrorDetails() == null || e.awsErrorDetails().sdkHttpResponse() == null
            ? ""
            : e.awsErrorDetails()
                .sdkHttpResponse()
                .firstMatchingHeader("x-amz-bucket-region")
                .map(name -> " '" + name + "'")
                .orElse("");
    return new Misconfigured(
        resource.name() + " is in another region" + region + ". Set AWS_REGION to it.", e);
  }

  /** Says which action on which resource, in the service's own words where it has them. */
  private static Misconfigured denied(
      AwsResource resource, String operation, String said, AwsServiceException e) {
    Matcher refused = REFUSED_ACTION.matcher(said);
    boolean told = refused.find();
    String action = told ? refused.group(1) : action(e, operation);
    String arn = told && refused.group(2) != null ? " (" + refused.group(2) + ")" : "";
    return new Misconfigured(
        "%s%s: the AWS credentials lack the permission %s. Add it to the role's policy."
            .formatted(resource.name(), arn, action),
        e);
  }

  private static String action(AwsServiceException e, String operation) {
    String service =
        e.getClass().getPackageName().replaceFirst(".*\\.services\\.([a-z0-9]+).*", "$1");
    String action =
        !service.equals("s3")
            ? operation
            : switch (operation) {
              case "HeadObject" -> "GetObject";
              case "HeadBucket", "ListObjectsV2" -> "ListBucket";
              case "ListObjectVersions" -> "ListBucketVersions";
              case "CreateMultipartUpload", "UploadPart", "CompleteMultipartUpload" -> "PutObject";
              default -> operation;
            };
    return service + ":" + action;
  }

  private static Duration retryAfter(AwsServiceException e) {
    if (e.awsErrorDetails() == null || e.awsErrorDetails().sdkHttpResponse() == null) {
      return RETRY_AFTER;
    }
    return e.awsErrorDetails()
        .sdkHttpResponse()
        .firstMatchingHeader("Retry-After")
        .filter(text -> text.matches("[0-9]{1,6}"))
        .map(text -> Duration.ofSeconds(Long.parseLong(text)))
        .orElse(RETRY_AFTER);
  }

  private static KassException unanswered(AwsResource resource, SdkException e) {
    String said = e.getMessage() == null ? "" : e.getMessage();
    String lower = said.toLowerCase(Locale.ROOT);
    if (lower.contains("unable to load region") || lower.contains("region must be set")) {
      return new Misconfigured("No AWS region is set. Set AWS_REGION, or one in your profile.", e);
    } else if (lower.contains("must be on the class path")) {
      return new Misconfigured(
          "The AWS profile gets its credentials in a way that KASS does not know (single sign-on,"
              + " or another role). Export them first: eval \"$(aws configure export-credentials"
              + " --format env)\".",
          e);
    } else if (lower.contains("credentials") || lower.contains("profile")) {
      return new Misconfigured(
          "There are no AWS credentials that work. Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and"
              + " AWS_SECRET_ACCESS_KEY.",
          e);
    } else if (causedBy(e)) {
      return new Unavailable(
          resource.name()
              + " cannot be reached ("
              + root(e)
              + "). Check the network and try again.",
          e);
    }
    return new Internal(resource.name() + ": the AWS SDK failed: " + said, e);
  }

  private static boolean causedBy(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException) {
        return true;
      }
    }
    return false;
  }

  private static String root(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
