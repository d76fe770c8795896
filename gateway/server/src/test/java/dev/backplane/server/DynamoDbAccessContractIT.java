package dev.backplane.server;

import dev.backplane.core.contract.AccessContract;
import dev.backplane.core.contract.Client;
import dev.backplane.plugin.dynamodb.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * Who may do what on the server, over a real DynamoDB: owners are conditions of its own queries.
 */
final class DynamoDbAccessContractIT extends AccessContract {
  private static final List<String> RESOURCES =
      List.of("notes", "folders", "staff", "public", "closed", "answers");

  @Override
  protected Client start(Path mapping) throws Exception {
    TestDatabase database = TestDatabase.get();
    // a database that outlives this run has those of others, too
    String tables = "access-" + UUID.randomUUID() + "-";
    String text = Files.readString(mapping);
    for (String resource : RESOURCES) {
      database.makeTable(tables + resource, "id", ScalarAttributeType.S);
      text =
          text.replaceFirst(
              "(\n  " + resource + ":[^\n]*\n)    service: memory\n",
              "$1    service: dynamodb\n    settings: {table: " + tables + resource + "}\n");
    }
    String services =
        """
        services:
          dynamodb:
            settings: {region: eu-west-1, endpoint: "%s", access-key: test, secret-key: test}
        resources:
        """
            .formatted(database.endpoint());
    Files.writeString(mapping, text.replace("resources:\n", services));
    return SocketClient.start(mapping);
  }
}
