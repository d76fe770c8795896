package dev.backplane.plugin.jdbc;

import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.Service;
import dev.backplane.testkit.StoreContract;

/** The contract on a table of documents, whatever their form. */
abstract class DocumentContract extends StoreContract {
  static final int LONGEST_ID = 768;

  abstract TestDatabase database();

  @Override
  protected Class<? extends Service> service() {
    return JdbcService.class;
  }

  @Override
  protected JsonObject settings() {
    return database().documents();
  }

  @Override
  protected boolean canHold(String id, JsonObject body) {
    return body.get("id").map(value -> value instanceof JsonString).orElse(true)
        && id.length() <= LONGEST_ID;
  }
}
