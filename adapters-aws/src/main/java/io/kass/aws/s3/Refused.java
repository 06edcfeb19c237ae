package io.kass.aws.s3;

import software.amazon.awssdk.services.s3.model.S3Exception;

/** What had to be there for an upload to take effect is not. */
final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final int PRECONDITION_FAILED = 412;

  private Refused(S3Exception e) {
    super(e);
  }

  /** This failure, as a refusal if it is one. */
  static RuntimeException of(S3Exception e, boolean conditional) {
    // 404: the object that has to match is gone. 409: another upload was under way.
    return conditional
            && (e.statusCode() == PRECONDITION_FAILED
                || (e.statusCode() == CONFLICT && code(e).equals("ConditionalRequestConflict"))
                || (e.statusCode() == NOT_FOUND && code(e).equals("NoSuchKey")))
        ? new Refused(e)
        : e;
  }

  private static String code(S3Exception e) {
    return e.awsErrorDetails() == null ? "" : String.valueOf(e.awsErrorDetails().errorCode());
  }
}
