package dev.backplane.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.core.contract.Client;
import dev.backplane.core.contract.HttpContract;
import dev.backplane.core.contract.Request;
import dev.backplane.core.http.Json;
import dev.backplane.plugin.jdbc.TestDatabase;
import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonValue;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The HTTP contract on the server, over the tables of a database. */
abstract class JdbcHttpContract extends HttpContract {
  private static final Pattern TABLE = Pattern.compile("\\$\\{TABLES}(\\w+)");
  private static final String PRODUCTS = "products";

  abstract TestDatabase database();

  @Override
  protected List<String> files() {
    return List.of("jdbc-mapping.yaml", "contract-products.json");
  }

  @Override
  protected Client start(Path mapping) throws Exception {
    String url = database().url();
    String text = Files.readString(mapping);
    for (String table :
        TABLE.matcher(text).results().map(found -> found.group(1)).distinct().toList()) {
      String made =
          table.equals(PRODUCTS) ? database().newNumbered("sku") : database().newDocuments();
      text = text.replace("${TABLES}" + table + "\"", made + "\"");
    }
    Files.writeString(mapping, text.replace("${JDBC_URL}", url));
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

  /** What has no column of its own is sorted by the gateway. */
  @Override
  public boolean sorts() {
    return false;
  }

  @Override
  public boolean mixesIds() {
    return false;
  }
}
