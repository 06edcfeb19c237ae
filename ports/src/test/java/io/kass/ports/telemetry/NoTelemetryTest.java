package io.kass.ports.telemetry;

class NoTelemetryTest extends TelemetryContract {
  @Override
  protected Telemetry telemetry() {
    return Telemetry.none();
  }
}
