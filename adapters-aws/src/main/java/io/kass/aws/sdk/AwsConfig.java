package io.kass.aws.sdk;

import io.kass.ports.error.KassException.Misconfigured;
import java.net.URI;
import java.time.Duration;

/**
 * How the services of an AWS account are reached. Credentials are no setting: the SDK finds them
 * (environment, profile, SSO, container, instance).
 *
 * @param region the region's name, such as {@code eu-west-1}; empty for the one that the SDK finds
 *     (AWS_REGION, the profile)
 * @param endpoint where all services are instead of the region's own addresses, for local
 *     stand-ins; empty for the region's own, or what AWS_ENDPOINT_URL and its kin say
 * @param connectTimeout how long connecting may take
 * @param timeout how long one call may take with all its tries, where its caller's deadline is
 *     later
 * @param attempts how often a call is tried; at least 1
 * @param retryDelay the longest pause before the second try, doubled with each further one; the
 *     true pause is a random part of it
 */
public record AwsConfig(
    String region,
    URI endpoint,
    Duration connectTimeout,
    Duration timeout,
    int attempts,
    Duration retryDelay) {
  public static final AwsConfig DEFAULTS =
      new AwsConfig(
          "",
          URI.create(""),
          Duration.ofSeconds(5),
          Duration.ofSeconds(60),
          8,
          Duration.ofMillis(100));

  public AwsConfig {
    if (!region.matches("[a-z0-9-]*")) {
      throw new Misconfigured(
          "The AWS region is a name such as eu-west-1, not '%s'. It is set by AWS_REGION."
              .formatted(region));
    }
    if (!endpoint.toString().isEmpty() && endpoint.getHost() == null) {
      throw new Misconfigured(
          "The AWS endpoint is an address such as http://localhost:4566, not '%s'."
              .formatted(endpoint));
    }
    if (attempts < 1) {
      throw new Misconfigured("The AWS setting 'attempts' must be at least 1.");
    }
    requirePositive("connect-timeout", connectTimeout);
    requirePositive("timeout", timeout);
    requirePositive("retry-delay", retryDelay);
  }

  private static void requirePositive(String setting, Duration value) {
    if (!value.isPositive()) {
      throw new Misconfigured("The AWS setting '" + setting + "' must be longer than zero.");
    }
  }
}
