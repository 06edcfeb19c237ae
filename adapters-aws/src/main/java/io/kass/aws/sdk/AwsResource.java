package io.kass.aws.sdk;

/**
 * What a call is about, for the messages of its failures.
 *
 * @param name what it is, as a subject: {@code The DynamoDB table 'conversations'}
 * @param remedy what to do when it is not there
 */
public record AwsResource(String name, String remedy) {}
