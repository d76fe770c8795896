package dev.backplane.plugin.dynamodb;

import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** The contract where the table calls the id otherwise, and its name is a reserved word. */
class DynamoDbOtherKeyContractIT extends DynamoDbContractIT {
  @Override
  protected JsonObject settings() {
    TestDatabase database = TestDatabase.get();
    return database
        .settings(database.newTable("name.of#key", ScalarAttributeType.S))
        .with("key", new JsonString("name.of#key"))
        .with("version", new JsonString("order"));
  }

  @Override
  protected boolean canHold(String id, JsonObject body) {
    JsonObject renamed = body.without("_version");
    return super.canHold(id, renamed)
        && renamed.get("name.of#key").isEmpty()
        && renamed.get("order").isEmpty();
  }
}
