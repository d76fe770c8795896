package dev.backplane.plugin.dynamodb;

import dev.backplane.spi.JsonObject;

/** The contract where a key has two parts, one of them a number. */
class DynamoDbCompositeContractIT extends DynamoDbContractIT {
  /** Hidden, as the contract holds a body to what was put. */
  private static final JsonObject KEYS =
      TestTable.json(
          "{'key': 'tenant!', 'sort-key': 'at', 'sort-key-type': 'number', 'show-keys': false}");

  @Override
  protected JsonObject settings() {
    TestDatabase database = TestDatabase.get();
    return JsonObject.builder()
        .putAll(database.settings(database.newTable(KEYS)))
        .putAll(KEYS)
        .build();
  }

  @Override
  protected String id(int number) {
    return new CompositeId("t~" + number % 3, "" + number).text();
  }

  @Override
  protected boolean choosesIds() {
    return false; // a number, and in a partition that has to be named
  }

  @Override
  protected boolean canHold(String id, JsonObject body) {
    return super.canHold(id, body)
        && TestTable.settings("any", KEYS).keys().ofId(id).isPresent()
        && body.get("tenant!").isEmpty()
        && body.get("at").isEmpty();
  }
}
