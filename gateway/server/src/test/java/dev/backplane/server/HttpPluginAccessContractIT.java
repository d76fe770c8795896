package dev.backplane.server;

import dev.backplane.core.contract.AccessContract;
import dev.backplane.core.contract.Client;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;

/**
 * Who may do what on the server, over another server that is open and asked with the gateway's own
 * words: owners are conditions of its queries.
 */
final class HttpPluginAccessContractIT extends AccessContract {
  private SocketClient upstream;

  @Override
  protected Client start(Path mapping) throws Exception {
    Path open = mapping.resolveSibling("upstream.yaml");
    StringBuilder resources = new StringBuilder("resources:\n");
    AccessMapping.RESOURCES.forEach(
        name -> resources.append("  ").append(name).append(": memory\n"));
    Files.writeString(open, resources);
    upstream = SocketClient.start(open);
    String url = "http://127.0.0.1:" + upstream.port() + "/api/";
    AccessMapping.move(
        mapping,
        "http",
        """
        {writes: conditional, total-header: X-Total-Count, many: {parameter: id, most: 20}, \
        filters: {owner: owner, salary: salary}, \
        paging: {style: link, size-parameter: _limit, max-page-size: 500}}\
        """,
        resource ->
            resource.equals("answers")
                ? "{url: \"" + url + resource + "\", ids: uuid}"
                : "{url: \"" + url + resource + "\"}");
    return SocketClient.start(mapping);
  }

  @AfterAll
  void stopUpstream() {
    if (upstream != null) {
      upstream.close();
    }
  }

  @Override
  public boolean transacts() {
    return false;
  }
}
