package dev.backplane.server;

import dev.backplane.core.contract.Client;
import dev.backplane.core.contract.HttpContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The HTTP contract on the server, over a DynamoDB that runs on this machine. */
final class DynamoDbHttpContractIT extends HttpContract {
  @Override
  protected List<String> files() {
    return List.of("dynamodb-mapping.yaml", "contract-products.json");
  }

  @Override
  protected Client start(Path mapping) throws Exception {
    // where ./serve and the build of the plugin put it
    Path home = Path.of("../../.backplane/dynamodb-local").toRealPath();
    String text = Files.readString(mapping);
    Files.writeString(mapping, text.replace("${DYNAMODB_LOCAL_HOME}", home.toString()));
    return SocketClient.start(mapping);
  }

  @Override
  public boolean sorts() {
    return false;
  }

  @Override
  public boolean mixesIds() {
    return false;
  }
}
