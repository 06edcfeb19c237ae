package io.kass.ports.team;

import io.kass.ports.team.CodeHost.ChangeRequest;
import io.kass.ports.team.CodeHost.FileChange;
import java.util.List;
import java.util.Map;

class InMemoryCodeHostTest extends CodeHostContract {
  @Override
  protected CodeHost host(Map<ChangeRequest, List<FileChange>> open) {
    var host = new InMemoryCodeHost("memory");
    open.forEach(host::open);
    return host;
  }
}
