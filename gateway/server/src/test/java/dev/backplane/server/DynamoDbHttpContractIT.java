package dev.backplane.server;

import dev.backplane.core.contract.Client;
import dev.backplane.core.contract.HttpContract;
import dev.backplane.plugin.dynamodb.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** The HTTP contract on the server, over a real DynamoDB. */
final class DynamoDbHttpContractIT extends HttpContract {
  private static final Pattern TABLE = Pattern.compile("\\$\\{TABLES}(\\w+)");

  @Override
  protected List<String> files() {
    return List.of("dynamodb-mapping.yaml", PRODUCTS_FILE);
  }

  @Override
  protected Client start(Path mapping) throws Exception {
    TestDatabase database = TestDatabase.get();
    // a database that outlives this run has those of others, too
    String tables = "contract-" + UUID.randomUUID() + "-";
    String text = Files.readString(mapping);
    TABLE
        .matcher(text)
        .results()
        .map(table -> table.group(1))
        .distinct()
        .forEach(table -> {
          boolean numbered = table.equals("products");
          database.makeTable(
              tables + table,
              numbered ? "sku" : "id",
              numbered ? ScalarAttributeType.N : ScalarAttributeType.S);
        });
    Files.writeString(
        mapping,
        text.replace("${DYNAMODB_ENDPOINT}", database.endpoint().toString())
            .replace("${TABLES}", tables));
    SocketClient client = SocketClient.start(mapping);
    createProducts(client, mapping);
    return client;
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
