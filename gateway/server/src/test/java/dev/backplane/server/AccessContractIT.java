package dev.backplane.server;

import dev.backplane.core.contract.AccessContract;
import dev.backplane.core.contract.Client;
import java.nio.file.Path;

/** Who may do what on the server, by API keys, over the memory service. */
final class AccessContractIT extends AccessContract {
  @Override
  protected Client start(Path mapping) throws Exception {
    return SocketClient.start(mapping);
  }
}
