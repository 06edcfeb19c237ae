package io.kass.ports.backend;

import java.util.List;

class NoInspectionTest extends InspectionContract {
  @Override
  protected Inspection inspection() {
    return Inspection.none();
  }

  @Override
  protected List<String> parts() {
    return List.of();
  }

  @Override
  protected String secret() {
    return "s3cret";
  }
}
