package io.kass.aws.dynamodb;

import org.jspecify.annotations.Nullable;

/** What became of a conditional write. */
sealed interface Outcome {
  /**
   * It was done.
   *
   * @param row the item before a put or a delete, after an update; null where there was none
   */
  record Done(@Nullable Row row) implements Outcome {}

  /**
   * The condition did not hold.
   *
   * @param stored the item as it is; null where there is none
   */
  record Refused(@Nullable Row stored) implements Outcome {}
}
