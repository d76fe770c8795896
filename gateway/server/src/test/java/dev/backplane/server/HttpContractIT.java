package dev.backplane.server;

import dev.backplane.core.contract.Client;
import dev.backplane.core.contract.HttpContract;
import java.nio.file.Path;

/** The HTTP contract on the server, over the memory service. */
final class HttpContractIT extends HttpContract {
  @Override
  protected Client start(Path mapping) throws Exception {
    return SocketClient.start(mapping);
  }
}
