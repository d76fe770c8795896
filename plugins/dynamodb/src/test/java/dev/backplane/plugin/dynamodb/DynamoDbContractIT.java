package dev.backplane.plugin.dynamodb;

import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.Service;
import dev.backplane.testkit.StoreContract;
import java.nio.charset.StandardCharsets;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

class DynamoDbContractIT extends StoreContract {
  @Override
  protected Class<? extends Service> service() {
    return DynamoDbService.class;
  }

  @Override
  protected JsonObject settings() {
    TestDatabase database = TestDatabase.get();
    return database.settings(database.newTable("id", ScalarAttributeType.S));
  }

  @Override
  protected boolean canHold(String id, JsonObject body) {
    boolean textId = body.get("id").map(value -> value instanceof JsonString).orElse(true);
    return textId
        && id.getBytes(StandardCharsets.UTF_8).length <= 2048
        && body.get("_version").isEmpty();
  }
}
