package dev.backplane.server;

import dev.backplane.core.contract.Client;
import dev.backplane.core.contract.HttpContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;

/** The HTTP contract on the server, over another server. */
final class HttpPluginContractIT extends HttpContract {
  private SocketClient upstream;

  @Override
  protected List<String> files() {
    return List.of("http-mapping.yaml", "http-upstream-mapping.yaml", PRODUCTS_FILE);
  }

  @Override
  protected Client start(Path mapping) throws Exception {
    upstream = SocketClient.start(mapping.resolveSibling("http-upstream-mapping.yaml"));
    String url = "http://127.0.0.1:" + upstream.port() + "/api";
    Files.writeString(mapping, Files.readString(mapping).replace("${UPSTREAM}", url));
    return SocketClient.start(mapping);
  }

  @AfterAll
  void stopUpstream() {
    if (upstream != null) {
      upstream.close();
    }
  }

  @Override
  public boolean sorts() {
    return false;
  }

  @Override
  public boolean transacts() {
    return false;
  }
}
