package io.kass.ports.secret;

/** A text that must not be shown. Printing it shows stars; equality compares the text. */
public final class Secret {
  /** No secret. */
  public static final Secret NONE = new Secret("");

  private final String value;

  public Secret(String value) {
    this.value = value;
  }

  /** The text itself: only for the request that needs it. */
  public String reveal() {
    return value;
  }

  /** Whether there is none. */
  public boolean isEmpty() {
    return value.isEmpty();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && value.equals(secret.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return value.isEmpty() ? "" : "****";
  }
}
