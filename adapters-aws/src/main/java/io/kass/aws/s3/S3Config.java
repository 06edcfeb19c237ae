package io.kass.aws.s3;

import io.kass.ports.error.KassException.Misconfigured;

/**
 * Which documents of which bucket.
 *
 * @param bucket the bucket's name
 * @param prefix what all keys begin with before the document's id; empty, or ending with a slash
 * @param create whether a missing bucket is made at the first use, for local stand-ins; in an
 *     account Terraform makes it
 * @param versions whether the bucket keeps versions, so that earlier ones can be opened
 * @param kmsKey the id or ARN of the KMS key that new documents are encrypted with; empty for what
 *     the bucket does by itself
 * @param partBytes how much is sent in one part of a large document, and held in memory; 5 MiB at
 *     least. A document of more than 10,000 such parts is sent in larger ones
 */
public record S3Config(
    String bucket, String prefix, boolean create, boolean versions, String kmsKey, int partBytes) {
  public static final S3Config DEFAULTS =
      new S3Config("kass-documents", "", false, true, "", 8 << 20);

  public S3Config {
    if (!bucket.matches("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")) {
      throw new Misconfigured(
          "'%s' is no name of an S3 bucket: 3 to 63 lowercase letters, digits, '.' and '-'. It is set by DOCUMENTS_BUCKET."
              .formatted(bucket));
    }
    if (!prefix.isEmpty() && !prefix.endsWith("/")) {
      throw new Misconfigured(
          "The S3 prefix is empty or ends with a slash, unlike '" + prefix + "'.");
    }
    if (partBytes < 5 << 20) {
      throw new Misconfigured(
          "The S3 setting 'part-bytes' is at least 5242880, which S3 asks for.");
    }
  }
}
