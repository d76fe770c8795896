package dev.backplane.server;

import dev.backplane.core.contract.AccessContract;
import dev.backplane.core.contract.Client;
import dev.backplane.plugin.dynamodb.TestDatabase;
import java.nio.file.Path;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * Who may do what on the server, over a real DynamoDB: owners are conditions of its own queries.
 */
final class DynamoDbAccessContractIT extends AccessContract {
  @Override
  protected Client start(Path mapping) throws Exception {
    TestDatabase database = TestDatabase.get();
    // a database that outlives this run has those of others, too
    String tables = "access-" + UUID.randomUUID() + "-";
    for (String resource : AccessMapping.RESOURCES) {
      database.makeTable(tables + resource, "id", ScalarAttributeType.S);
    }
    AccessMapping.move(
        mapping,
        "dynamodb",
        "{region: eu-west-1, endpoint: \"%s\", access-key: test, secret-key: test}"
            .formatted(database.endpoint()),
        resource -> "{table: " + tables + resource + "}");
    return SocketClient.start(mapping);
  }
}
