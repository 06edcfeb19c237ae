package io.kass.cli;

import io.kass.ports.Json;
import io.kass.ports.error.KassException;
import java.util.function.Supplier;

/**
 * One thing that doctor looked at.
 *
 * @param name what it looked at
 * @param status how it is
 * @param message what it found and, where that is not fine, what to do
 */
record Check(String name, Status status, String message) {
  /** How something is. */
  enum Status {
    OK,
    WARN,
    FAIL;

    /** As it is shown. */
    String label() {
      return switch (this) {
        case OK -> "ok";
        case WARN -> "warn";
        case FAIL -> "fail";
      };
    }
  }

  static Check ok(String name, String message) {
    return new Check(name, Status.OK, message);
  }

  static Check warn(String name, String message) {
    return new Check(name, Status.WARN, message);
  }

  static Check fail(String name, String message) {
    return new Check(name, Status.FAIL, message);
  }

  /** Looks; what it throws is what it found. */
  static Check of(String name, Supplier<Check> look) {
    try {
      return look.get();
    } catch (KassException e) {
      return fail(name, e.getMessage());
    }
  }

  Json.Obj json() {
    return new Fields()
        .put("name", name)
        .put("status", status.label())
        .put("message", message)
        .json();
  }
}
