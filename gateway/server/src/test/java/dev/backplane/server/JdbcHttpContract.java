package dev.backplane.server;

import dev.backplane.core.contract.Client;
import dev.backplane.core.contract.HttpContract;
import dev.backplane.plugin.jdbc.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The HTTP contract on the server, over the tables of a database. */
abstract class JdbcHttpContract extends HttpContract {
  private static final Pattern TABLE = Pattern.compile("\\$\\{TABLES}(\\w+)");

  abstract TestDatabase database();

  @Override
  protected List<String> files() {
    return List.of("jdbc-mapping.yaml", PRODUCTS_FILE);
  }

  @Override
  protected Client start(Path mapping) throws Exception {
    String url = database().url();
    String text = Files.readString(mapping);
    for (String table :
        TABLE.matcher(text).results().map(found -> found.group(1)).distinct().toList()) {
      String made =
          table.equals("products") ? database().newNumbered("sku") : database().newDocuments();
      text = text.replace("${TABLES}" + table + "\"", made + "\"");
    }
    Files.writeString(mapping, text.replace("${JDBC_URL}", url));
    SocketClient client = SocketClient.start(mapping);
    createProducts(client, mapping);
    return client;
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
