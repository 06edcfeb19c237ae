package io.kass.ports.tool;

class InMemoryToolLogTest extends ToolLogContract {
  private final ToolLog log = new InMemoryToolLog();

  @Override
  protected ToolLog open() {
    return log;
  }
}
