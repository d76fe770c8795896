package dev.backplane.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.core.contract.Client;
import dev.backplane.core.contract.HttpContract;
import dev.backplane.core.contract.Request;
import dev.backplane.core.http.Json;
import dev.backplane.plugin.dynamodb.TestDatabase;
import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonValue;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** The HTTP contract on the server, over a real DynamoDB. */
final class DynamoDbHttpContractIT extends HttpContract {
  private static final Pattern TABLE = Pattern.compile("\\$\\{TABLES}(\\w+)");
  private static final String PRODUCTS = "products";

  @Override
  protected List<String> files() {
    return List.of("dynamodb-mapping.yaml", "contract-products.json");
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
          boolean numbered = table.equals(PRODUCTS);
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
    fill(client, mapping.resolveSibling("contract-products.json"));
    return client;
  }

  private static void fill(Client client, Path products) throws Exception {
    for (JsonValue product :
        ((JsonArray) Json.CODEC.read(Files.readAllBytes(products))).elements()) {
      String body = new String(Json.CODEC.write(product), StandardCharsets.UTF_8);
      assertThat(client.send(Request.json("POST", "/api/" + PRODUCTS, body)).status())
          .isEqualTo(201);
    }
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
