package io.kass.ports;

import io.kass.ports.error.KassException.InvalidRequest;

/**
 * Who asks. One person of the tenant, or a shared identity such as an API key.
 *
 * @param value 1 to 100 characters (the width of the legacy column), whole ones and no control
 *     characters
 */
public record UserId(String value) {
  /** The user of requests that name none. */
  public static final UserId ANONYMOUS = new UserId("anonymous");

  /** The longest id, in UTF-16 code units. */
  public static final int MAX_LENGTH = 100;

  public UserId {
    if (value.isBlank()
        || value.length() > MAX_LENGTH
        || value.chars().anyMatch(Character::isISOControl)
        || Bytewise.hasHalfCharacter(value)) {
      throw new InvalidRequest(
          "A user id has 1 to " + MAX_LENGTH + " characters whole and no control characters.");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
