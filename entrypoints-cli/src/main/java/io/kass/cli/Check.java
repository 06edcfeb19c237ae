package io.kass.cli;

import io.kass.ports.Json;
import io.kass.ports.backend.Part;
import io.kass.ports.error.KassException;
import java.util.ArrayList;
import java.util.Map;
import java.util.function.Supplier;

/**
 * One thing that doctor looked at.
 *
 * @param name what it looked at
 * @param status how it is
 * @param message what it found and, where that is not fine, what to do
 * @param facts the same for programs, where there are any
 * @param exit how a command that found only this ends
 */
record Check(String name, Status status, String message, Map<String, String> facts, ExitCode exit) {
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
    return new Check(name, Status.OK, message, Map.of(), ExitCode.FINE);
  }

  static Check warn(String name, String message) {
    return new Check(name, Status.WARN, message, Map.of(), ExitCode.FINE);
  }

  static Check fail(String name, String message) {
    return new Check(name, Status.FAIL, message, Map.of(), ExitCode.MISCONFIGURED);
  }

  /** Looks; what it throws is what it found. */
  static Check of(String name, Supplier<Check> look) {
    try {
      return look.get();
    } catch (KassException e) {
      return failed(name, e);
    }
  }

  private static Check failed(String name, KassException failure) {
    return new Check(name, Status.FAIL, failure.getMessage(), Map.of(), ExitCode.of(failure));
  }

  /** A part of a backend. */
  static Check of(Part part) {
    var known = new ArrayList<String>();
    part.facts().forEach((fact, value) -> known.add(known.isEmpty() ? value : fact + " " + value));
    String message = String.join(", ", known);
    KassException failure = part.failure();
    return failure == null
        ? new Check(part.name(), Status.OK, message, part.facts(), ExitCode.FINE)
        : new Check(
            part.name(),
            Status.FAIL,
            message + ". " + failure.getMessage(),
            part.facts(),
            ExitCode.of(failure));
  }

  Json.Obj json() {
    Fields fields =
        new Fields().put("name", name).put("status", status.label()).put("message", message);
    if (!facts.isEmpty()) {
      var known = new Fields();
      facts.forEach(known::put);
      fields.put("facts", known.json());
    }
    return fields.json();
  }
}
